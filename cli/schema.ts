import { writeFileSync } from "node:fs";
import { schemaFile, schemaText } from "./schema-file";

if (require.main === module) {
    writeFileSync(schemaFile, schemaText());
}
