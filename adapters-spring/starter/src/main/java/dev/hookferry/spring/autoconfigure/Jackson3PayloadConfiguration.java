package dev.hookferry.spring.autoconfigure;

import dev.hookferry.event.Payload;
import dev.hookferry.spring.PayloadWriter;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Writes payloads with the application's Jackson 3 mapper, as in Spring Boot 4. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(JsonMapper.class)
@ConditionalOnSingleCandidate(JsonMapper.class)
@ConditionalOnMissingBean(PayloadWriter.class)
class Jackson3PayloadConfiguration {
  @Bean
  PayloadWriter hookferryJackson3PayloadWriter(JsonMapper mapper) {
    return data -> {
      try {
        return Payload.wrap(mapper.writeValueAsBytes(data));
      } catch (JacksonException e) {
        throw new IllegalArgumentException("cannot be written as JSON: " + e.getMessage(), e);
      }
    };
  }
}
