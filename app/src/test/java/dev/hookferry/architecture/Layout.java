package dev.hookferry.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static java.util.stream.Collectors.toUnmodifiableSet;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Which package belongs to which module, told by one class of each. */
final class Layout {
  private final String root;
  private final String engine;
  private final List<Set<String>> adapters;
  private final String app;

  /**
   * Everything below the root that is neither an adapter nor the application is core.
   *
   * @param facade a class in the root package
   * @param engine a class in the engine's package
   * @param adapters for each adapter its root packages
   * @param app a class in the root package of the application
   */
  Layout(Class<?> facade, Class<?> engine, List<Set<String>> adapters, Class<?> app) {
    this.root = facade.getPackageName();
    this.engine = engine.getPackageName();
    this.adapters = adapters;
    this.app = app.getPackageName();
  }

  static Set<String> packagesOf(Class<?>... classes) {
    return Stream.of(classes).map(Class::getPackageName).collect(toUnmodifiableSet());
  }

  DescribedPredicate<JavaClass> facade() {
    return describe(
        "stand beside the facade",
        c -> c.getPackageName().equals(root) || c.getPackageName().equals(root + ".internal"));
  }

  DescribedPredicate<JavaClass> engine() {
    return in(engine).as("belong to the engine");
  }

  DescribedPredicate<JavaClass> core() {
    return in(root).and(DescribedPredicate.not(adapter().or(app()))).as("belong to core");
  }

  DescribedPredicate<JavaClass> app() {
    return in(app).as("belong to the application");
  }

  DescribedPredicate<JavaClass> adapter() {
    return describe("belong to an adapter", c -> adapters.stream().anyMatch(a -> isInAny(a, c)));
  }

  /** The adapter that a class is part of, which is the only one it may see. */
  boolean sameAdapter(JavaClass one, JavaClass other) {
    return adapters.stream().anyMatch(a -> isInAny(a, one) && isInAny(a, other));
  }

  private static DescribedPredicate<JavaClass> in(String parent) {
    return describe(parent, c -> isIn(parent, c));
  }

  private static boolean isInAny(Set<String> parents, JavaClass c) {
    return parents.stream().anyMatch(parent -> isIn(parent, c));
  }

  private static boolean isIn(String parent, JavaClass c) {
    return (c.getPackageName() + ".").startsWith(parent + ".");
  }
}
