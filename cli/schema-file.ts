import { join } from "node:path";
import { stackFileSchema } from "../config/json-schema";
import { projectFolder } from "./options";

/** Where the JSON Schema of the stack file is kept, for editors. */
export const schemaFile = join(projectFolder, "docs", "stack-file.schema.json");

/** The file's content. */
export const schemaText = (): string => `${JSON.stringify(stackFileSchema(), undefined, 2)}\n`;
