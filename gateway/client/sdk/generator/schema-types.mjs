// JSON Schema (2020-12) as TypeScript, as far as types can say it. What they cannot say, such as bounds, stands in the
// comment; the server checks all of it.

/** Says nothing of the type. */
const SAID_IN_COMMENTS = [
  "description",
  "minimum",
  "maximum",
  "exclusiveMinimum",
  "exclusiveMaximum",
  "multipleOf",
  "minLength",
  "maxLength",
  "pattern",
  "format",
  "minItems",
  "maxItems",
  "uniqueItems",
];
const KNOWN = [
  ...SAID_IN_COMMENTS,
  "type",
  "enum",
  "const",
  "anyOf",
  "oneOf",
  "properties",
  "required",
  "additionalProperties",
  "items",
  "$ref",
];

/** The name of a type that a catalog file shares among its schemas, in "$defs". */
export function sharedName(fileFunction, name) {
  return `${fileFunction}-${name}`.replaceAll(/(?:^|-)([a-z0-9])/g, (_, letter) => letter.toUpperCase());
}

/**
 * @param schema JSON Schema
 * @param depth  how far its properties are indented, in steps of two
 * @param where  of the schema, from its function on: for errors
 */
export function typeOf(schema, depth, where) {
  if (schema === true) {
    return "JsonValue";
  }
  const unknown = Object.keys(schema).find((keyword) => !KNOWN.includes(keyword));
  if (unknown !== undefined) {
    throw new Error(`${where}: ${unknown} (expected: one of ${KNOWN.join(", ")})`);
  }
  if ("$ref" in schema) {
    const [, shared] = /^#\/\$defs\/([a-z][a-z0-9-]*)$/.exec(schema.$ref) ?? [];
    if (shared === undefined) {
      throw new Error(`${where}: $ref: ${schema.$ref} (expected: #/$defs/NAME)`);
    }
    return sharedName(where.split(".")[0], shared);
  }
  if ("const" in schema) {
    return JSON.stringify(schema.const);
  }
  if ("enum" in schema) {
    return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  }
  const either = schema.anyOf ?? schema.oneOf;
  if (either !== undefined) {
    return union(either.map((each) => typeOf(each, depth, where)));
  }
  if (schema.type === undefined) {
    return "JsonValue";
  }
  return union([schema.type].flat().map((type) => ofType(type, schema, depth, where)));
}

function ofType(type, schema, depth, where) {
  switch (type) {
    case "integer":
    case "number":
      return "number";
    case "string":
    case "boolean":
    case "null":
      return type;
    case "array":
      return listOf(typeOf(schema.items ?? true, depth, where));
    case "object":
      return objectOf(schema, depth, where);
    default:
      throw new Error(`${where}: type: ${type} (expected: a type of JSON Schema)`);
  }
}

function listOf(type) {
  return /^\w+$/.test(type) ? `readonly ${type}[]` : `readonly (${type})[]`;
}

function objectOf(schema, depth, where) {
  const properties = Object.entries(schema.properties ?? {});
  if (properties.length === 0) {
    return schema.additionalProperties === false
      ? "{ readonly [name: string]: never }"
      : "{ readonly [name: string]: JsonValue }";
  }
  const indent = "  ".repeat(depth + 1);
  const lines = properties.map(([name, property]) => {
    const mark = (schema.required ?? []).includes(name) ? "" : "?";
    const type = typeOf(property, depth + 1, `${where}/${name}`);
    return `${comment(property, indent)}${indent}readonly ${JSON.stringify(name)}${mark}: ${type};`;
  });
  return `{\n${lines.join("\n")}\n${"  ".repeat(depth)}}`;
}

function comment(schema, indent) {
  const said = [schema.description, range(schema), schema.pattern && `pattern \`${schema.pattern}\``, schema.format];
  const text = said.filter((each) => each !== undefined && each !== "").join("; ");
  // Whatever a catalog says: it ends no comment.
  return text === "" ? "" : `${indent}/** ${text.replaceAll("*/", "*\\/")} */\n`;
}

function range(schema) {
  const from = schema.minimum ?? schema.minLength ?? schema.minItems;
  const to = schema.maximum ?? schema.maxLength ?? schema.maxItems;
  if (from === undefined && to === undefined) {
    return undefined;
  }
  const what = "minLength" in schema || "maxLength" in schema ? " characters" : "";
  return `${from ?? ""}..${to ?? ""}${what}`;
}

function union(types) {
  return [...new Set(types)].join(" | ");
}
