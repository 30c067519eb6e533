package dev.hookferry.app.wiring;

import com.google.inject.AbstractModule;

/** Makes Guice refuse what it would otherwise guess. */
final class StrictModule extends AbstractModule {
  @Override
  protected void configure() {
    binder().requireExplicitBindings();
    binder().requireExactBindingAnnotations();
    binder().requireAtInjectOnConstructors();
    binder().disableCircularProxies();
  }
}
