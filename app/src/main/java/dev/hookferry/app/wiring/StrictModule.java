package dev.hookferry.app.wiring;

import com.google.inject.AbstractModule;

/** Makes Guice reject implicit bindings. */
final class StrictModule extends AbstractModule {
  @Override
  protected void configure() {
    binder().requireExplicitBindings();
    binder().requireExactBindingAnnotations();
    binder().requireAtInjectOnConstructors();
    binder().disableCircularProxies();
  }
}
