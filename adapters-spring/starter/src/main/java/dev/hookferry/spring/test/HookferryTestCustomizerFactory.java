package dev.hookferry.spring.test;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.MergedContextConfiguration;

/**
 * Keeps the application's own components out of a {@link HookferryTest}, except those that it
 * imports. A web controller or a client of another system would need beans that the test does not
 * have.
 */
final class HookferryTestCustomizerFactory implements ContextCustomizerFactory {
  @Override
  public @Nullable ContextCustomizer createContextCustomizer(
      Class<?> testClass, List<ContextConfigurationAttributes> attributes) {
    return AnnotatedElementUtils.hasAnnotation(testClass, HookferryTest.class)
        ? new NoComponents()
        : null;
  }

  /** A record, because tests with equal customizers share a context. */
  private record NoComponents() implements ContextCustomizer {
    @Override
    public void customizeContext(
        ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
      context
          .getBeanFactory()
          .registerSingleton("hookferryTestTypeExcludeFilter", new EverythingFilter());
    }
  }

  /** Matches, and so excludes, whatever a component scan finds. */
  private static final class EverythingFilter extends TypeExcludeFilter {
    @Override
    public boolean match(MetadataReader reader, MetadataReaderFactory factory) {
      return true;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof EverythingFilter;
    }

    @Override
    public int hashCode() {
      return EverythingFilter.class.hashCode();
    }
  }
}
