package dev.hookferry.contract.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.contract.store.delivery.ClaimContract;
import dev.hookferry.contract.store.fixture.StoreFixture;
import dev.hookferry.contract.store.fixture.StoreHarness;
import dev.hookferry.contract.support.BrokenPromiseReporter;
import dev.hookferry.contract.support.Promise;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.opentest4j.TestAbortedException;

/** Contract tests name the promise that they check, in the words of the port. */
class PromiseTest {
  private static final Path CONTRACTS = Path.of("src/test/java/dev/hookferry/contract/store");

  @Test
  void everyStoreContractTestQuotesItsPort() throws IOException {
    List<Method> tests;
    try (Stream<Path> files = Files.walk(CONTRACTS)) {
      tests =
          files
              .map(file -> CONTRACTS.relativize(file).toString())
              .filter(name -> name.endsWith("Contract.java"))
              .map(name -> type(name.replace(".java", "").replace('/', '.')))
              .filter(StoreFixture.class::isAssignableFrom)
              .flatMap(type -> Stream.of(type.getDeclaredMethods()))
              .filter(PromiseTest::isTest)
              .toList();
    }

    assertThat(tests).hasSizeGreaterThan(150).allSatisfy(PromiseTest::assertQuotes);
  }

  private static void assertQuotes(Method test) {
    Promise promise = BrokenPromiseReporter.promiseOf(test).orElseThrow();
    assertThat(javadoc(promise.by())).as(test.toString()).contains(promise.value());
  }

  private static boolean isTest(Method method) {
    return method.isAnnotationPresent(Test.class)
        || method.isAnnotationPresent(ParameterizedTest.class);
  }

  private static Class<?> type(String name) {
    try {
      return Class.forName("dev.hookferry.contract.store." + name);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  /** Returns a source file with tags replaced by their text, on one line. */
  private static String javadoc(Class<?> type) {
    try {
      return Files.readString(Path.of("src/main/java", type.getName().replace('.', '/') + ".java"))
          .replaceAll("\\s+(?:\\* *)*", " ")
          .replaceAll("\\{@\\w+ #?(?:[a-z]+\\.)*([^}]*)}", "$1")
          .replace('#', '.');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void failureMessageStartsWithTheBrokenPromise() throws Exception {
    Method test = ClaimContract.class.getMethod("neverReturnsADeliveryTwice", StoreHarness.class);

    assertThatThrownBy(() -> report(test, new AssertionError("expected empty")))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("DeliveryStore promises: \"Concurrent claims never return")
        .hasMessageEndingWith("expected empty");
    assertThatThrownBy(() -> report(test, new IllegalStateException("closed")))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("DeliveryStore promises")
        .hasRootCauseMessage("closed");
  }

  @Test
  void skippedTestStaysSkipped() throws Exception {
    Method test = ClaimContract.class.getMethod("neverReturnsADeliveryTwice", StoreHarness.class);
    TestAbortedException skipped = new TestAbortedException("not this store");

    assertThatThrownBy(() -> report(test, skipped)).isSameAs(skipped);
  }

  private static void report(Method test, Throwable failure) throws Throwable {
    ExtensionContext context =
        (ExtensionContext)
            Proxy.newProxyInstance(
                ExtensionContext.class.getClassLoader(),
                new Class<?>[] {ExtensionContext.class},
                (self, method, arguments) -> test);
    new BrokenPromiseReporter().handleTestExecutionException(context, failure);
  }
}
