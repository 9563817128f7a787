import { codeCommit } from "./code-commit";
import { connection } from "./connection";
import { ecr } from "./ecr";
import { s3 } from "./s3";

/** Where a service's code, or what another CI made of it, comes from. */
export const sources = [codeCommit, connection, ecr, s3] as const;

/** The kind that a source without `type` has. */
export const defaultSource = connection.type;
