package dev.hookferry.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.store.StoreAgainstModelContract;
import dev.hookferry.contract.store.fixture.StoreFixture;
import dev.hookferry.contract.store.transfer.TransferFixture;
import dev.hookferry.store.AttemptLog;
import dev.hookferry.store.AuditLog;
import dev.hookferry.store.ConfigStore;
import dev.hookferry.store.DeliveryStore;
import dev.hookferry.store.ReplayStore;
import dev.hookferry.store.Store;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page for authors of stores matches the ports, the contract tests and the build. */
class WriteAStorePageTest {
  private static final String PAGE = JavaBlock.read(Path.of("write-a-store.md"));
  private static final List<Class<?>> TYPES =
      List.of(
          Store.class,
          DeliveryStore.class,
          AttemptLog.class,
          ConfigStore.class,
          AuditLog.class,
          ReplayStore.class);
  private static final List<String> PACKAGES =
      List.of("dev.hookferry.store.", "dev.hookferry.store.transfer.", "dev.hookferry.memory.");

  @Test
  void theTableHasEveryMethod() {
    assertThat(TYPES).allSatisfy(type -> assertThat(PAGE).contains(row(type)));
    assertThat(PAGE)
        .contains(
            "five ports and `Store` itself, "
                + TYPES.stream().mapToLong(type -> methods(type, this::isRequired).size()).sum()
                + " methods in all");
  }

  @Test
  void theTypesAreThoseThatAStoreMustReturn() {
    List<Class<?>> returned =
        Stream.of(Store.class.getMethods())
            .filter(this::isRequired)
            .<Class<?>>map(Method::getReturnType)
            .filter(Class::isInterface)
            .toList();

    assertThat(returned)
        .containsExactlyInAnyOrderElementsOf(
            TYPES.stream().filter(type -> type != Store.class).toList());
  }

  private String row(Class<?> type) {
    List<String> optional =
        methods(
            type,
            method ->
                method.getDeclaringClass() == type
                    && method.isDefault()
                    && !Modifier.isStatic(method.getModifiers()));
    return String.format(
        "| `%s` | %s | %s |",
        type.getSimpleName(),
        counted(methods(type, this::isRequired)),
        optional.isEmpty() ? "–" : counted(optional));
  }

  private boolean isRequired(Method method) {
    return Modifier.isAbstract(method.getModifiers());
  }

  private static String counted(List<String> names) {
    return names.size() + ": `" + String.join("`, `", names) + "`";
  }

  private static List<String> methods(Class<?> type, Predicate<Method> wanted) {
    return Stream.of(type.getMethods())
        .filter(wanted)
        .map(Method::getName)
        .distinct()
        .sorted()
        .collect(Collectors.toList());
  }

  @Test
  void everyNamedContractExists() throws Exception {
    List<MatchResult> named =
        Pattern.compile("(?m)^\\| `([\\w.]*Contract)` \\|").matcher(PAGE).results().toList();

    assertThat(named).hasSize(11);
    for (MatchResult name : named) {
      assertThat(Class.forName("dev.hookferry.contract.store." + name.group(1)))
          .matches(
              type ->
                  StoreFixture.class.isAssignableFrom(type)
                      || TransferFixture.class.isAssignableFrom(type)
                      || type == StoreAgainstModelContract.class);
    }
  }

  @Test
  void everyNameInContractDescriptionsExists() {
    List<String> named =
        Pattern.compile("(?m)^\\| `[\\w.]*Contract` \\|(.*)\\|$")
            .matcher(PAGE)
            .results()
            .flatMap(row -> Pattern.compile("`([^`]+)`").matcher(row.group(1)).results())
            .map(name -> name.group(1))
            .filter(name -> !name.startsWith("hookferry "))
            .toList();

    assertThat(named).contains("isShared", "StoreInfo.nodes").allMatch(this::exists);
    assertThat(Stream.of("isShare", "StoreInfo.node", "StoreFacts.nodes", "MemoryStores"))
        .noneMatch(this::exists);
  }

  /** Whether it is a type, a method of a type, or a method of {@link Store}. */
  private boolean exists(String name) {
    String[] parts = name.split("[.]", 2);
    boolean isMethodOfStore = Character.isLowerCase(name.charAt(0));
    return PACKAGES.stream()
        .map(each -> each + (isMethodOfStore ? "Store" : parts[0]))
        .flatMap(type -> type(type).stream())
        .anyMatch(
            type ->
                parts.length == 1 && !isMethodOfStore
                    || methods(type, method -> true).contains(parts[parts.length - 1]));
  }

  private static Optional<Class<?>> type(String name) {
    try {
      return Optional.of(Class.forName(name));
    } catch (ClassNotFoundException e) {
      return Optional.empty();
    }
  }

  @Test
  void theProjectUsesTheVersionsOfThisBuild() {
    String build = JavaBlock.read(Path.of("../pom.xml"));

    assertThat(first(PAGE, "maven-surefire-plugin</artifactId>\\s*<version>([^<]+)"))
        .isEqualTo(first(build, "maven-surefire-plugin</artifactId><version>([^<]+)"));
    assertThat(first(PAGE, "<hookferry.version>([^<]+)"))
        .isEqualTo(first(build, "<artifactId>hookferry</artifactId>\\s*<version>([^<]+)"));
    assertThat(PAGE).contains("<failIfNoTests>true</failIfNoTests>");
  }

  @Test
  void thePageShowsTheFilesOfTheExample() {
    Path example = Path.of("examples/custom-store");
    Path sources = example.resolve("src/main");
    assertThat(PAGE)
        .contains(
            "```xml\n" + withoutFormatter(JavaBlock.read(example.resolve("pom.xml"))) + "```",
            "```java\n" + java(example.resolve("src/test"), "SingleFileStoreTest") + "```",
            "```java\n" + java(sources, "SingleFileStoreProvider") + "```",
            "```\n"
                + JavaBlock.read(
                    sources.resolve(
                        "resources/META-INF/services/dev.hookferry.store.StoreProvider"))
                + "```");
  }

  private static String withoutFormatter(String build) {
    String shown =
        build.replaceFirst(
            "(?s) *<!--[^>]*-->\\s*<pluginManagement>.*</pluginManagement>\\s*", "    ");
    assertThat(shown).isNotEqualTo(build);
    return shown;
  }

  private static String java(Path sources, String type) {
    return JavaBlock.read(sources.resolve("java/org/example/store/" + type + ".java"));
  }

  private static String first(String text, String pattern) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map(found -> found.group(1))
        .findFirst()
        .orElseThrow();
  }
}
