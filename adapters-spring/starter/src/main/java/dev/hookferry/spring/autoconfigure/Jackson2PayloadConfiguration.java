package dev.hookferry.spring.autoconfigure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hookferry.event.Payload;
import dev.hookferry.spring.PayloadWriter;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Writes payloads with the application's Jackson 2 mapper, as in Spring Boot 3. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(ObjectMapper.class)
@ConditionalOnSingleCandidate(ObjectMapper.class)
@ConditionalOnMissingBean(PayloadWriter.class)
class Jackson2PayloadConfiguration {
  @Bean
  PayloadWriter hookferryJackson2PayloadWriter(ObjectMapper mapper) {
    return data -> {
      try {
        return Payload.wrap(mapper.writeValueAsBytes(data));
      } catch (JsonProcessingException e) {
        throw new IllegalArgumentException("cannot be written as JSON: " + e.getMessage(), e);
      }
    };
  }
}
