// Random sessions at one text: two browsers write in it at once, a side that may not write suggests, suggestions are
// accepted, rejected and taken back, people agree to clauses, lose the line and reload; and in the end everybody reads
// the same, hashes included. Prints one JSON line for each session: {seed, did: {…}, refused: {…}}.
import { chanceOf, edits, rewords } from "./editing.mjs";
import { agree, Failed, hashOf, newId, Seat, until, Writer } from "./writer.mjs";

const { cases, seeds, steps } = JSON.parse(process.env.SESSIONS);
const SRC = `${process.env.FRONTEND}/src`;
const { oneClauseState, wordingOf } = await import(`${SRC}/drafting/oneClause.ts`);
const { anotherWording, newClause, toMove, toRemove } = await import(`${SRC}/case/settlement/suggesting.ts`);

/** What the server may answer while others write: it says that something is otherwise by now. */
const MEANWHILE = new Set(["wording-has-changed", "clause-is-gone", "same-wording", "already-answered", "suggestions-are-open", "already-assented"]);

const DOINGS = [...Array(5).fill("edit"), ...Array(5).fill("suggest"), "agree", "line", "reload"];

class Session {
  did = {};
  refused = {};
  open = [];
  #under = [];
  #busy = new Map();

  constructor(seed, seats, document, isOneText) {
    this.chance = chanceOf(seed);
    this.seats = seats;
    this.document = document;
    const { mediator, handler, principal } = seats;
    this.pens = [mediator, isOneText ? mediator : handler];
    this.writers = [...this.pens, principal].map((seat) => new Writer(seat, document));
    [this.one, this.other, this.reader] = this.writers;
  }

  count(kind) {
    this.did[kind] = (this.did[kind] ?? 0) + 1;
  }

  async tells() {
    await Promise.all(this.writers.map((writer) => writer.opens()));
    for (let n = 0; n < 3; n += 1) this.begins(n);
    await agree(this.seats.mediator, this.writers);
    for (let n = 0; n < steps; n += 1) await this.step();
    await Promise.all(this.#under);
    for (const writer of this.writers) writer.finds("the line");
    const server = await agree(this.seats.mediator, this.writers);
    await this.#isAsItShouldBe(server);
    for (const writer of this.writers) writer.closes();
  }

  begins(n) {
    this.one.does((state, dispatch) => {
      const { schema } = state;
      const words = schema.node("paragraph", null, [schema.text(`Clause ${n + 1}: € ${n * 100},00.`)]);
      const clause = schema.node("clause", { id: this.chance.id(), from: null }, [words]);
      dispatch(n === 0 ? state.tr.replaceWith(0, state.doc.content.size, clause) : state.tr.insert(state.doc.content.size, clause));
      return true;
    });
  }

  /** Something happens; what goes over the line is only sometimes waited for, so that things meet. */
  async step() {
    const { chance } = this;
    const kind = chance.pick(this.open.length > 0 && chance.next() < 0.4 ? ["accept", "accept", "accept", "reject", "withdraw"] : DOINGS);
    const doing = this[kind]();
    this.#under.push(doing);
    // Awaited at the end; until then a failure is nobody's.
    doing.catch(() => undefined);
    if (chance.next() < 0.6) await doing;
    else if (chance.next() < 0.5) await new Promise((resolve) => setTimeout(resolve, chance.below(8)));
  }

  async edit() {
    const writer = this.chance.pick([this.one, this.other]);
    for (let n = this.chance.below(4); n >= 0; n -= 1) {
      const kind = edits(writer, this.chance);
      if (kind !== null) this.count(`edit: ${kind}`);
    }
  }

  /** A side suggests from what it reads on its own screen. */
  async suggest() {
    const { chance, reader, document } = this;
    const { clauses } = reader;
    const seat = chance.pick([this.seats.principal, this.seats.handler]);
    const change = chance.pick(["replace", "replace", "replace", "insert", "remove", "move"]);
    const here = chance.pick(clauses);
    if (here === undefined || (change === "remove" && clauses.length < 3)) return;
    const after = chance.next() < 0.3 ? null : chance.pick(clauses).id;
    const read = { document, clause: here.id, hash: await hashOf(here.node.toJSON()), why: "" };
    let fields;
    if (change === "remove") fields = toRemove(read);
    else if (change === "move") fields = toMove(read, after === here.id ? null : after);
    else {
      const holder = { state: oneClauseState(here.node.toJSON()) };
      holder.does = (command) => command(holder.state, (tr) => (holder.state = holder.state.apply(tr)));
      for (let n = 1 + chance.below(3); n > 0; n -= 1) {
        const kind = rewords(holder, chance);
        if (kind !== null) this.count(`wording: ${kind}`);
      }
      const wording = wordingOf(holder.state);
      fields = change === "replace" ? anotherWording(read, wording) : newClause({ ...read, clause: chance.id() }, after, wording);
    }
    const id = newId();
    if (await this.#gives(seat, "suggestions", { command_id: id, ...fields })) {
      this.count(`suggest: ${change}`);
      this.open.push({ id, seat, change });
    }
  }

  async accept() {
    const { chance, open } = this;
    const pen = chance.pick(this.pens);
    // One, or all that wait, as from one person.
    const chosen = chance.next() < 0.3 ? open.splice(0) : open.splice(chance.below(open.length), 1);
    for (const { id, change } of chosen) {
      if (await this.#gives(pen, "suggestion-acceptances", { suggestion: id })) this.count(`accept: ${change}`);
    }
  }

  async reject() {
    const [one] = this.open.splice(this.chance.below(this.open.length), 1);
    if (one !== undefined && (await this.#gives(this.seats.mediator, "suggestion-rejections", { suggestion: one.id }))) this.count("reject");
  }

  async withdraw() {
    const [one] = this.open.splice(this.chance.below(this.open.length), 1);
    if (one !== undefined && (await this.#gives(one.seat, "suggestion-withdrawals", { suggestion: one.id }))) this.count("withdraw");
  }

  async agree() {
    const { clauses } = this.reader;
    const here = this.chance.pick(clauses);
    if (here === undefined) return;
    const fields = { clause: here.id, text_hash: await hashOf(here.node.toJSON()) };
    if (await this.#gives(this.chance.pick([this.seats.principal, this.seats.handler]), "clause-assents", fields)) this.count("agree");
  }

  line() {
    const writer = this.chance.pick(this.writers);
    const [some, long] = [this.chance.below(3), this.chance.below(20)];
    return this.#oneAtATime(writer, async () => {
      writer.loses("the line");
      this.count("line");
      if (writer !== this.reader) for (let n = some; n >= 0; n -= 1) edits(writer, this.chance);
      await new Promise((resolve) => setTimeout(resolve, long));
      writer.finds("the line");
    });
  }

  reload() {
    const writer = this.chance.pick(this.writers);
    // Whoever has not been told "saved" is warned before leaving; and some leave all the same.
    const isPatient = this.chance.next() < 0.5;
    return this.#oneAtATime(writer, async () => {
      if (isPatient) await until(() => writer.isSaved, () => `${writer.seat.name} (${writer.saving}) has everything saved before reloading`);
      this.count("reload");
      await writer.reloads();
    });
  }

  /** A browser is not reloaded while it is being reloaded. */
  #oneAtATime(writer, what) {
    const after = (this.#busy.get(writer) ?? Promise.resolve()).then(what);
    this.#busy.set(writer, after);
    return after;
  }

  async #gives(seat, collection, fields) {
    const code = await seat.gives(collection, fields);
    if (code === null) return true;
    if (!MEANWHILE.has(code)) throw new Failed(`${seat.name} was refused ${collection}: ${code} ${JSON.stringify(fields)}`);
    this.refused[code] = (this.refused[code] ?? 0) + 1;
    return false;
  }

  /** Whatever is agreed to is agreed to as it reads now, and what a new browser is shown is the same again. */
  async #isAsItShouldBe(server) {
    const late = await new Writer(this.seats.principal, this.document).opens();
    await agree(this.seats.principal, [late]);
    const clauses = new Map(late.clauses.map((one) => [one.id, one]));
    late.closes();
    const { drafting } = await this.seats.mediator.get("");
    for (const { clause, business, client } of drafting.assents) {
      const hash = clauses.has(clause) ? await hashOf(clauses.get(clause).node.toJSON()) : "gone";
      for (const agreed of [business, client]) {
        if (agreed !== null && agreed !== hash) throw new Failed(`clause ${clause} reads otherwise than was agreed to: ${JSON.stringify(server.node)}`);
      }
    }
  }
}

/** Sessions one after another in one case, each in a new document. */
async function inCase(told, mine) {
  const seats = Object.fromEntries(["mediator", "handler", "principal"].map((role) => [role, new Seat(told.case, told.people.find((one) => one.role === role))]));
  const blank = newId();
  await seats.mediator.must("versions", { command_id: blank, name: "Nothing" });
  let mode = "open";
  for (let seed = mine(); seed !== undefined; seed = mine()) {
    const wanted = seed % 2 === 0 ? "open" : "one-text";
    if (wanted !== mode) await seats.mediator.must("drafting-modes", { mode: wanted });
    mode = wanted;
    await seats.mediator.must("version-restorations", { version: blank });
    const { document } = await seats.mediator.text();
    const session = new Session(seed, seats, document, mode === "one-text");
    try {
      await session.tells();
    } catch (error) {
      throw new Failed(`seed ${seed}: ${error instanceof Failed ? error.message : error.stack}`);
    }
    process.stdout.write(`${JSON.stringify({ seed, did: session.did, refused: session.refused })}\n`);
  }
}

let [next, end] = seeds;
const mine = () => (next < end ? next++ : undefined);
try {
  await Promise.all(cases.map((one) => inCase(one, mine)));
  process.exit(0);
} catch (error) {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
}
