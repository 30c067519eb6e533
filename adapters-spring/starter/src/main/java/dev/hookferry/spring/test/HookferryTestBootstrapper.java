package dev.hookferry.spring.test;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.SpringBootTestContextBootstrapper;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;

/** Finds the application's configuration and the properties of {@link HookferryTest}. */
final class HookferryTestBootstrapper extends SpringBootTestContextBootstrapper {
  @Override
  protected String @Nullable [] getProperties(Class<?> testClass) {
    return MergedAnnotations.from(testClass, SearchStrategy.INHERITED_ANNOTATIONS)
        .get(HookferryTest.class)
        .getValue("properties", String[].class)
        .orElse(null);
  }
}
