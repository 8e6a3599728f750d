// Makes a new database in the empty folder that it is given.
import { PGlite } from "@electric-sql/pglite";

const pglite = await PGlite.create(process.argv[2]);
await pglite.close();
