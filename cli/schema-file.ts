import { join } from "node:path";
import { stackFileSchema } from "../config/json-schema";
import { projectFolder } from "./options";
import { hovered } from "./schema-costs";

/** Where the JSON Schema of the stack file is kept, for editors. */
export const schemaFile = join(projectFolder, "docs", "stack-file.schema.json");

/** The file's content. */
export const schemaText = (): string => `${JSON.stringify(hovered(stackFileSchema()), undefined, 2)}\n`;
