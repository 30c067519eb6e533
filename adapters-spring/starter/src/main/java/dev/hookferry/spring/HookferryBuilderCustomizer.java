package dev.hookferry.spring;

import dev.hookferry.HookferryBuilder;

/**
 * Changes the builder of the embedded Hookferry before it is built, for settings that have no
 * property. Every bean of this type is called, in the order of {@code @Order}.
 */
@FunctionalInterface
public interface HookferryBuilderCustomizer {
  /** Changes the builder, to which the settings from properties have already been applied. */
  void customize(HookferryBuilder builder);
}
