package dev.hookferry.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import dev.hookferry.Hookferry;
import dev.hookferry.file.FileStore;
import dev.hookferry.http.client.HttpTransport;
import dev.hookferry.jdbc.JdbcStore;
import dev.hookferry.jdbc.inspection.JdbcInspection;
import dev.hookferry.jdbc.outbox.OutboxRelay;
import dev.hookferry.jsonschema.JsonSchemaCompiler;
import dev.hookferry.spring.WebhookPublisher;
import dev.hookferry.spring.test.HookferryTest;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds the committed texts of the API equal to the API, so that no change of it goes unnoticed in
 * a review.
 */
class ApiFilesTest {
  private static final Path FOLDER = Path.of("../docs/api");
  private static final String WRITE =
      "mvn -q test -pl app -am -Dtest=ApiFilesTest"
          + " -Dsurefire.failIfNoSpecifiedTests=false -Dhookferry.api.write=true";

  /** Further packages that are API, of jars that are no modules. */
  private static final Map<Class<?>, List<String>> FURTHER =
      Map.of(
          JdbcStore.class,
          List.of(OutboxRelay.class.getPackageName(), JdbcInspection.class.getPackageName()),
          WebhookPublisher.class,
          List.of(HookferryTest.class.getPackageName()));

  /**
   * One jar that users compile against.
   *
   * @param entry a class in the package that is its API; core's API is what its module exports
   */
  private record Artifact(String name, Class<?> entry) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Artifact> artifacts() {
    return Stream.of(
        new Artifact("hookferry-core", Hookferry.class),
        new Artifact("hookferry-json-schema", JsonSchemaCompiler.class),
        new Artifact("hookferry-http-client", HttpTransport.class),
        new Artifact("hookferry-adapters-jdbc", JdbcStore.class),
        new Artifact("hookferry-adapters-file", FileStore.class),
        new Artifact("hookferry-spring-boot-starter", WebhookPublisher.class));
  }

  @ParameterizedTest
  @MethodSource("artifacts")
  void theCommittedTextIsTheApi(Artifact artifact) throws Exception {
    String text = ApiText.of(types(artifact.entry()));
    Path file = FOLDER.resolve(artifact + ".txt");
    if (Boolean.getBoolean("hookferry.api.write")) {
      Files.createDirectories(FOLDER);
      Files.writeString(file, text);
    }
    assertThat(Files.readString(file)).as("to write it: %s", WRITE).isEqualTo(text);
  }

  /** Users need to know every type that a signature shows them. */
  @Test
  void everyTypeInASignatureIsInAText() throws Exception {
    Set<Class<?>> texts = new HashSet<>();
    for (Artifact artifact : artifacts().toList()) {
      texts.addAll(types(artifact.entry()));
    }
    assertThat(shownBesides(texts)).isEmpty();
    texts.remove(JdbcInspection.class);
    assertThat(shownBesides(texts)).containsExactly(JdbcInspection.class);
  }

  /** Returns our types that signatures of these types show and that are none of them. */
  private static Set<Class<?>> shownBesides(Set<Class<?>> types) {
    return types.stream()
        .flatMap(ApiText::shownBy)
        .filter(shown -> shown.getName().startsWith("dev.hookferry."))
        .filter(shown -> !types.contains(shown))
        .collect(Collectors.toSet());
  }

  @Test
  void theTypesOfASignatureAreFound() {
    assertThat(ApiText.shownBy(Sample.class))
        .contains(Comparable.class, Number.class, List.class, Map.class, IOException.class)
        .doesNotContain(Path.class);
  }

  /** A type with one of everything. */
  public abstract static class Sample<T extends Number> implements Comparable<Sample<T>> {
    public static final int LIMIT = 3;

    protected Sample() {}

    public @Nullable String find(List<? extends T> all, @Nullable T one) throws IOException {
      return null;
    }

    protected abstract <R> R change(Map<String, R> by);

    void hidden() {}
  }

  @Test
  void theTextHasWhatUsersDependOn() {
    assertThat(ApiText.of(Set.of(Sample.class)))
        .isEqualTo(
            """
            class dev.hookferry.architecture.ApiFilesTest$Sample<T extends Number> \
            implements Comparable<ApiFilesTest.Sample<T>>
              static int LIMIT = 3
              protected new()
              protected <R> R change(Map<String, R>)
              @Nullable String find(List<? extends T>, @Nullable T) throws IOException
            """);
  }

  private static Set<Class<?>> types(Class<?> entry) throws IOException, URISyntaxException {
    URI location = entry.getProtectionDomain().getCodeSource().getLocation().toURI();
    Path path = Path.of(location);
    if (location.getPath().endsWith(".jar")) {
      try (FileSystem jar = FileSystems.newFileSystem(path);
          JarFile read = new JarFile(path.toFile())) {
        return types(entry, jar.getPath("/"), importer -> importer.importJar(read));
      }
    }
    return types(entry, path, importer -> importer.importPath(path));
  }

  private static Set<Class<?>> types(
      Class<?> entry, Path root, Function<ClassFileImporter, JavaClasses> all) throws IOException {
    List<String> packages = new ArrayList<>();
    Path module = root.resolve("module-info.class");
    if (Files.exists(module)) {
      try (InputStream bytes = Files.newInputStream(module)) {
        ModuleDescriptor.read(bytes).exports().forEach(each -> packages.add(each.source()));
      }
    } else {
      packages.add(entry.getPackageName());
      packages.addAll(FURTHER.getOrDefault(entry, List.of()));
    }
    // Asked before they are loaded: what is no API may need what is not on this class path.
    Set<String> open =
        all.apply(new ClassFileImporter().withImportOption(file -> isIn(packages, file))).stream()
            .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
            .map(JavaClass::getName)
            .collect(Collectors.toSet());
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .map(file -> root.relativize(file).toString())
          .filter(file -> file.endsWith(".class") && !file.contains("-info"))
          .map(file -> file.substring(0, file.length() - ".class".length()).replace('/', '.'))
          .filter(name -> packages.contains(name.substring(0, Math.max(0, name.lastIndexOf('.')))))
          .filter(open::contains)
          .<Class<?>>map(ApiFilesTest::load)
          .filter(ApiFilesTest::isPublic)
          .collect(Collectors.toSet());
    }
  }

  private static boolean isIn(List<String> packages, Location file) {
    String name = file.asURI().toString();
    String folder = name.substring(0, name.lastIndexOf('/'));
    return packages.stream().anyMatch(each -> folder.endsWith('/' + each.replace('.', '/')));
  }

  private static boolean isPublic(Class<?> type) {
    Class<?> outer = type.getEnclosingClass();
    return Modifier.isPublic(type.getModifiers())
        && !type.isAnonymousClass()
        && (outer == null || isPublic(outer));
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, ApiFilesTest.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }
}
