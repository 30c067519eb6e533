package dev.hookferry.contract;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives each test a scene of its own and closes it afterwards. */
final class SceneResolver implements ParameterResolver {
  private static final ExtensionContext.Namespace OURS =
      ExtensionContext.Namespace.create(SceneResolver.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
    return parameter.getParameter().getType() == Scene.class;
  }

  @Override
  public Scene resolveParameter(ParameterContext parameter, ExtensionContext test) {
    StoreFixture fixture = (StoreFixture) test.getRequiredTestInstance();
    return test.getStore(OURS)
        .computeIfAbsent(
            Scene.class,
            key -> new Scene(fixture, test.getRequiredTestMethod().getName().hashCode()),
            Scene.class);
  }
}
