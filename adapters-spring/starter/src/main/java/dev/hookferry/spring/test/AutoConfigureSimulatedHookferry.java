package dev.hookferry.spring.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;

/**
 * Replaces Hookferry with a {@link dev.hookferry.testing.SimulatedHookferry} in a test of the whole
 * application, such as a {@code @SpringBootTest}. The simulation runs in virtual time, with
 * scripted receivers, and without network, store or threads. Events published in a transaction
 * reach the simulation when the transaction commits. Receivers, endpoints and other sites are
 * removed after each test.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ImportAutoConfiguration(SimulatedHookferryAutoConfiguration.class)
public @interface AutoConfigureSimulatedHookferry {}
