/**
 * Writes the types of the API from its OpenAPI document: standard input to standard output.
 * `python -m ops.reference_docs` runs it for src/api/schema.d.ts.
 */
import process from "node:process";
import { text } from "node:stream/consumers";

import openapiTS, { astToString } from "openapi-typescript";
import ts from "typescript";

const { factory, SyntaxKind } = ts;
const NUMBER = factory.createTemplateLiteralTypeSpan(
  factory.createKeywordTypeNode(SyntaxKind.NumberKeyword),
  factory.createTemplateTail(""),
);
/** Money and ratios are decimal strings: `${number}`, so that no other text is taken for one. */
const DECIMAL = factory.createTemplateLiteralType(factory.createTemplateHead(""), [NUMBER]);

const types = await openapiTS(await text(process.stdin), {
  defaultNonNullable: false,
  rootTypes: true,
  rootTypesNoSchemaPrefix: true,
  rootTypesKeepCasing: true,
  transform: (schema) => (schema.format === "decimal" ? DECIMAL : undefined),
});
const head = "/* Written by `python -m ops.reference_docs` from the routes in webshop/api: change it there. */";
process.stdout.write(`${head}\n\n${astToString(types)}`);
