package dev.hookferry.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import dev.hookferry.Hookferry;
import dev.hookferry.app.Main;
import dev.hookferry.architecture.offence.Facade;
import dev.hookferry.architecture.offence.app.ReachesPastTheFacade;
import dev.hookferry.architecture.offence.engine.Heart;
import dev.hookferry.architecture.offence.file.SeesAnotherAdapter;
import dev.hookferry.architecture.offence.http.SeesTheApplication;
import dev.hookferry.architecture.offence.http.client.SeesTheServer;
import dev.hookferry.architecture.offence.jdbc.WiresItself;
import dev.hookferry.architecture.offence.spring.BringsTheServer;
import dev.hookferry.engine.Engine;
import dev.hookferry.file.FileStore;
import dev.hookferry.http.HttpServer;
import dev.hookferry.http.client.HttpTransport;
import dev.hookferry.jdbc.JdbcStore;
import dev.hookferry.jsonschema.JsonSchemaCompiler;
import dev.hookferry.spring.WebhookPublisher;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Our classes keep every rule, and the offences show that each rule can be broken. */
class ArchitectureTest {
  private static final List<Rule> RULES = Rule.ALL;

  private static final Layout OURS =
      new Layout(
          Hookferry.class,
          Engine.class,
          List.of(
              HttpServer.class,
              HttpTransport.class,
              JdbcStore.class,
              FileStore.class,
              JsonSchemaCompiler.class),
          WebhookPublisher.class,
          Main.class);
  private static final Layout THEIRS =
      new Layout(
          Facade.class,
          Heart.class,
          List.of(
              SeesTheApplication.class,
              SeesTheServer.class,
              WiresItself.class,
              SeesAnotherAdapter.class),
          BringsTheServer.class,
          ReachesPastTheFacade.class);

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ArchitectureTest::isMain)
          .importPackagesOf(Hookferry.class);
  private static final JavaClasses OFFENCES =
      new ClassFileImporter().importPackagesOf(Facade.class);
  private static final JavaClasses CONTRACTS =
      new ClassFileImporter().importPackages("dev.hookferry.contract");

  @ParameterizedTest
  @FieldSource("RULES")
  void isKept(Rule rule) {
    rule.of().apply(OURS).check(CLASSES);
  }

  @ParameterizedTest
  @FieldSource("RULES")
  void bites(Rule rule) {
    assertThat(rule.of().apply(THEIRS).evaluate(OFFENCES).getFailureReport().getDetails())
        .anyMatch(detail -> detail.contains(rule.offender().getName()));
  }

  /** In a build with jars the client's Netty has another name than in a build with classes. */
  @Test
  void theGuardKnowsTheNettyOfTheClient() {
    assertThat(
            CLASSES
                .get(HttpTransport.class.getPackageName() + ".Reactor$EventLoops")
                .getMethodCallsFromSelf())
        .filteredOn(call -> Rule.connects(call.getTarget()))
        .isNotEmpty();
  }

  @Test
  void contractTestsHaveNoCycles() {
    assertThat(CONTRACTS).hasSizeGreaterThan(50);
    SlicesRuleDefinition.slices()
        .assignedFrom(new PackageSlices())
        .should()
        .beFreeOfCycles()
        .check(CONTRACTS);
  }

  @Test
  void supportOfContractTestsDependsOnNoContract() {
    noClasses()
        .that()
        .resideInAPackage("dev.hookferry.contract.support")
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.hookferry.contract..")
                .and(resideOutsideOfPackage("dev.hookferry.contract.support")))
        .check(CONTRACTS);
  }

  private static boolean isMain(Location location) {
    return !location.contains("/test-classes/") && !location.contains("-tests.jar");
  }
}
