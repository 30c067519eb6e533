package dev.hookferry.spring.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;

/**
 * Replaces Hookferry by a {@link dev.hookferry.testing.SimulatedHookferry} in a test of the whole
 * application, such as a {@code @SpringBootTest}: in virtual time, with receivers that follow a
 * script, without the network, a store or threads. Events that a transaction publishes reach the
 * simulation when it commits. Receivers, endpoints and other sites are removed after each test.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ImportAutoConfiguration(SimulatedHookferryAutoConfiguration.class)
public @interface AutoConfigureSimulatedHookferry {}
