package dev.hookferry.spring.test;

import dev.hookferry.testing.SimulatedHookferry;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;

/**
 * Resets the simulation after each test, if there is one, so that tests do not affect each other.
 */
final class HookferryResetListener implements TestExecutionListener {
  @Override
  public void afterTestMethod(TestContext context) {
    if (context.hasApplicationContext()) {
      context
          .getApplicationContext()
          .getBeanProvider(SimulatedHookferry.class)
          .ifAvailable(SimulatedHookferry::reset);
    }
  }
}
