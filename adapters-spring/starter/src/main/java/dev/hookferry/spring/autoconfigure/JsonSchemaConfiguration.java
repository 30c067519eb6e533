package dev.hookferry.spring.autoconfigure;

import dev.hookferry.jsonschema.JsonSchemaCompiler;
import dev.hookferry.schema.SchemaCompiler;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Checks events against the schemas of their types if {@code hookferry-json-schema} is on the class
 * path.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnMissingBean(SchemaCompiler.class)
@ConditionalOnClass(JsonSchemaCompiler.class)
class JsonSchemaConfiguration {
  @Bean
  SchemaCompiler hookferrySchemaCompiler() {
    return new JsonSchemaCompiler();
  }
}
