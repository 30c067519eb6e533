package dev.hookferry.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Which package belongs to which module, told by one class of each. */
final class Layout {
  private final String root;
  private final String engine;
  private final List<String> adapters;
  private final String starter;
  private final String app;

  /**
   * Everything below the root that is not an adapter, the starter or the application is core.
   *
   * @param facade a class in the root package
   * @param engine a class in the engine's package
   * @param adapters for each adapter a class in its root package, that of the server first
   * @param starter a class in the root package of the Spring Boot starter
   * @param app a class in the root package of the application
   */
  Layout(
      Class<?> facade, Class<?> engine, List<Class<?>> adapters, Class<?> starter, Class<?> app) {
    this.root = facade.getPackageName();
    this.engine = engine.getPackageName();
    this.adapters = adapters.stream().map(Class::getPackageName).toList();
    this.starter = starter.getPackageName();
    this.app = app.getPackageName();
  }

  DescribedPredicate<JavaClass> facade() {
    return describe(
        "stand beside the facade",
        c ->
            c.getPackageName().equals(root)
                || (c.getPackageName() + ".").startsWith(root + ".internal."));
  }

  DescribedPredicate<JavaClass> engine() {
    return in(engine).as("belong to the engine");
  }

  DescribedPredicate<JavaClass> core() {
    return in(root)
        .and(DescribedPredicate.not(adapter().or(starter()).or(app())))
        .as("belong to core");
  }

  DescribedPredicate<JavaClass> starter() {
    return in(starter).as("belong to the starter");
  }

  DescribedPredicate<JavaClass> server() {
    return describe(
        "belong to the HTTP server", c -> adapterOf(c).filter(adapters.get(0)::equals).isPresent());
  }

  DescribedPredicate<JavaClass> app() {
    return in(app).as("belong to the application");
  }

  DescribedPredicate<JavaClass> adapter() {
    return describe("belong to an adapter", c -> adapters.stream().anyMatch(a -> isIn(a, c)));
  }

  /** Returns whether both classes are part of the same adapter. */
  boolean sameAdapter(JavaClass one, JavaClass other) {
    return adapterOf(one).equals(adapterOf(other));
  }

  /** Returns the innermost root package: the client's is below the server's. */
  private Optional<String> adapterOf(JavaClass c) {
    return adapters.stream()
        .filter(adapter -> isIn(adapter, c))
        .max(Comparator.comparingInt(String::length));
  }

  private static DescribedPredicate<JavaClass> in(String parent) {
    return describe(parent, c -> isIn(parent, c));
  }

  private static boolean isIn(String parent, JavaClass c) {
    return (c.getPackageName() + ".").startsWith(parent + ".");
  }
}
