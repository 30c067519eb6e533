package dev.hookferry.jsonschema;

import dev.harrel.jsonschema.Dialects;
import dev.harrel.jsonschema.EvaluatorFactory;
import dev.harrel.jsonschema.JsonNode;
import dev.harrel.jsonschema.JsonNodeFactory;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import java.net.URI;

/**
 * Setup of the JSON Schema library with Hookferry's trees and keywords, for draft 2020-12 only. It
 * never fetches a schema.
 */
final class SchemaLibrarySetup {
  /** The only supported dialect. */
  static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

  private SchemaLibrarySetup() {}

  /** Returns a validator without schemas, which does not check schemas by the meta-schema. */
  static Validator validator() {
    return new ValidatorFactory()
        .withJsonNodeFactory(new Trees())
        .withDefaultDialect(new Draft())
        .withDialect(new Draft())
        .withDisabledSchemaValidation(true)
        .createValidator();
  }

  /** Returns the meta-schema of the dialect, which is part of the library. */
  static URI metaSchema() {
    return URI.create(DIALECT);
  }

  private static final class Draft extends Dialects.Draft2020Dialect {
    @Override
    public EvaluatorFactory getEvaluatorFactory() {
      return new Keywords();
    }
  }

  /** Factory of trees for the schemas that the library contains as strings. */
  private static final class Trees implements JsonNodeFactory {
    @Override
    public JsonNode wrap(Object node) {
      return (JsonTree) node;
    }

    @Override
    public JsonNode create(String rawJson) {
      return TreeParser.parse(rawJson, Budget.unlimited());
    }
  }
}
