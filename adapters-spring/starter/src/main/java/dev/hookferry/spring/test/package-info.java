/**
 * Test support: {@link dev.hookferry.spring.test.HookferryTest} runs the database part of an
 * application with a {@link dev.hookferry.testing.SimulatedHookferry}. Needs {@code
 * spring-boot-starter-test}; nothing here is for production.
 */
@NullMarked
package dev.hookferry.spring.test;

import org.jspecify.annotations.NullMarked;
