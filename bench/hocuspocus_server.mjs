// The peer: @hocuspocus/server as published, storing into SQLite as its own SQLite extension does (the whole state,
// debounced by its defaults), through Node's built-in SQLite because the extension's driver has to be compiled.
import { DatabaseSync } from "node:sqlite";
import { Server } from "@hocuspocus/server";
import * as Y from "yjs";

const database = new DatabaseSync(process.env.BENCH_SQLITE);
database.exec("CREATE TABLE IF NOT EXISTS documents (name varchar(255) NOT NULL PRIMARY KEY, data blob NOT NULL)");
const fetch = database.prepare("SELECT data FROM documents WHERE name = ?");
const store = database.prepare(
  "INSERT INTO documents (name, data) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET data = excluded.data",
);

const server = new Server({
  address: "127.0.0.1",
  port: Number(process.env.PORT),
  quiet: true,
  stopOnSignals: false,
  async onLoadDocument({ documentName, document }) {
    const row = fetch.get(documentName);
    if (row) Y.applyUpdate(document, row.data);
  },
  async onStoreDocument({ documentName, document }) {
    store.run(documentName, Buffer.from(Y.encodeStateAsUpdate(document)));
  },
});
await server.listen();
process.stdout.write("listening\n");
