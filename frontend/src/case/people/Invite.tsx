/** Bringing somebody: who that is in plain words, where the invitation goes, and in which language. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { explainError } from "../../api/explain";
import { Intention } from "../../api/intention";
import { invite, type HandedLink } from "../../api/inviting";
import type { CaseView } from "../../api/types";
import { LANGUAGES, type Language } from "../../text/language";
import { Button, Card, Choices, Form, Select, TextField } from "../../ui";
import { isMediator } from "../lookup";
import { ProblemNote } from "../ProblemNote";
import { Handed } from "./Handed";
import { isAddress } from "../../text/address";
import type { Seat } from "./seats";
import { useSeatWords } from "./useSeatWords";

export function Invite({ view, seats, onInvited }: { view: CaseView; seats: readonly Seat[]; onInvited: () => void }) {
  const { t, i18n } = useLingui();
  const wordsOf = useSeatWords(view);
  const [key, setKey] = useState<string | null>(null);
  const [email, setEmail] = useState("");
  const [name, setName] = useState("");
  const [title, setTitle] = useState("");
  const [language, setLanguage] = useState<Language>(i18n.locale in LANGUAGES ? (i18n.locale as Language) : "en");
  const [intention] = useState(() => new Intention());
  const [made, setMade] = useState<(HandedLink & { email: string }) | null>(null);
  const [busy, setBusy] = useState(false);
  const [tried, setTried] = useState(false);
  const [problem, setProblem] = useState<ReturnType<typeof explainError> | null>(null);
  const chosen = seats.find((one) => one.key === key);
  const titleLabel = chosen === undefined ? "" : wordsOf(chosen).titleLabel;

  async function submit() {
    setTried(true);
    setProblem(null);
    const to = email.trim();
    if (chosen === undefined || !isAddress(to)) return;
    const wanted = {
      role: chosen.role,
      party: chosen.party,
      email: to,
      name: name.trim(),
      title: chosen.kind === "interpreter" ? t`Interpreter` : titleLabel === "" ? "" : title.trim(),
      language,
    };
    setBusy(true);
    try {
      const handed = await invite(view.case, intention.idFor(wanted), wanted);
      intention.done();
      setMade({ ...handed, email: to });
      setKey(null);
      setEmail("");
      setName("");
      setTitle("");
      setTried(false);
      onInvited();
    } catch (error) {
      intention.failed(error);
      setProblem(explainError(error));
    } finally {
      setBusy(false);
    }
  }

  return (
    <Card title={<Trans>Bring someone</Trans>}>
      {made === null ? (
        <Form label={t`Bring someone`} onSubmit={() => void submit()}>
          {isMediator(view) ? (
            <p className="note">
              <Trans>Lawyers, companions and colleagues are invited by their own side, for they read its room.</Trans>
            </p>
          ) : null}
          <Choices
            label={t`Whom would you like to invite?`}
            value={key}
            onChange={setKey}
            choices={seats.map((one) => ({ value: one.key, ...wordsOf(one) }))}
            fault={tried && chosen === undefined ? t`Choose whom to invite.` : null}
          />
          <TextField
            label={t`Their e-mail address`}
            hint={t`The invitation goes there, and so does the code that opens it. Nobody else can use it.`}
            type="email"
            inputMode="email"
            autoComplete="off"
            value={email}
            onChange={setEmail}
            maxLength={254}
            fault={tried && !isAddress(email.trim()) ? t`Write the address in full, like name@example.org.` : null}
          />
          <TextField label={t`Their name, if you know it`} autoComplete="off" value={name} onChange={setName} maxLength={200} />
          {titleLabel === "" ? null : <TextField label={titleLabel} autoComplete="off" value={title} onChange={setTitle} maxLength={200} />}
          <Select
            label={t`Language of the invitation`}
            placeholder={t`Choose a language`}
            value={language}
            onChange={setLanguage}
            choices={(Object.entries(LANGUAGES) as [Language, string][]).map(([value, label]) => ({ value, label }))}
          />
          <ProblemNote problem={problem} />
          <div className="row">
            <Button kind="primary" type="submit" icon="mail" isPending={busy}>
              <Trans>Send the invitation</Trans>
            </Button>
          </div>
        </Form>
      ) : (
        <>
          <Handed made={made} />
          <div className="row">
            <Button kind="quiet" onPress={() => setMade(null)}>
              <Trans>Invite someone else</Trans>
            </Button>
          </div>
        </>
      )}
    </Card>
  );
}
