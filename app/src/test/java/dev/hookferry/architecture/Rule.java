package dev.hookferry.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import dev.hookferry.architecture.offence.SiteManager;
import dev.hookferry.architecture.offence.app.ReachesPastTheFacade;
import dev.hookferry.architecture.offence.event.DrawsRandomNumbers;
import dev.hookferry.architecture.offence.event.NeedsASite;
import dev.hookferry.architecture.offence.event.ReadsTheClock;
import dev.hookferry.architecture.offence.event.Sleeps;
import dev.hookferry.architecture.offence.event.UsesALibrary;
import dev.hookferry.architecture.offence.file.SeesAnotherAdapter;
import dev.hookferry.architecture.offence.http.GoesAroundTheGuard;
import dev.hookferry.architecture.offence.http.SeesTheApplication;
import dev.hookferry.architecture.offence.http.SendsItself;
import dev.hookferry.architecture.offence.http.client.SeesTheServer;
import dev.hookferry.architecture.offence.jdbc.SeesTheStarter;
import dev.hookferry.architecture.offence.jdbc.WiresItself;
import dev.hookferry.architecture.offence.spring.BringsTheServer;
import dev.hookferry.architecture.offence.unmarked.HasNoNullness;
import dev.hookferry.transport.Transport;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.NullMarked;

/**
 * One rule, and the class among the offences that breaks it.
 *
 * @param offender proves that the rule bites
 * @param of the rule for a layout
 */
record Rule(Class<?> offender, Function<Layout, ArchRule> of) {
  static final List<Rule> ALL =
      List.of(
          new Rule(UsesALibrary.class, Rule::coreStandsAlone),
          new Rule(SeesAnotherAdapter.class, Rule::adaptersAreStrangers),
          new Rule(SeesTheServer.class, Rule::adaptersAreStrangers),
          new Rule(SeesTheStarter.class, Rule::nobodySeesTheStarter),
          new Rule(BringsTheServer.class, Rule::starterBringsNoServer),
          new Rule(SeesTheApplication.class, Rule::nobodySeesTheApplication),
          new Rule(ReachesPastTheFacade.class, Rule::engineIsBehindTheFacade),
          new Rule(GoesAroundTheGuard.class, Rule::oneWayOut),
          new Rule(SendsItself.class, Rule::onlyTheEngineSends),
          new Rule(WiresItself.class, Rule::onlyTheApplicationIsWired),
          new Rule(ReadsTheClock.class, Rule::timeIsPassedIn),
          new Rule(DrawsRandomNumbers.class, Rule::chanceIsPassedIn),
          new Rule(Sleeps.class, Rule::nothingSleeps),
          new Rule(HasNoNullness.class, Rule::packagesSayWhatIsNull),
          new Rule(SiteManager.class, Rule::namesAreWords),
          new Rule(NeedsASite.class, Rule::packagesHaveNoCycles));

  private static final Set<String> CLOCKS =
      Set.of(
          "Instant", "LocalDate", "LocalTime", "LocalDateTime", "OffsetDateTime", "ZonedDateTime");

  /** Classes that open connections, in the JDK and in the libraries of the adapters. */
  private static final Set<String> CONNECTORS =
      Set.of(
          "java.net.Socket",
          "java.net.URL",
          "java.net.http.HttpClient",
          "java.net.http.HttpClient$Builder",
          "java.nio.channels.SocketChannel",
          "java.nio.channels.AsynchronousSocketChannel",
          "javax.net.SocketFactory",
          "javax.net.ssl.SSLSocketFactory",
          "io.netty.bootstrap.Bootstrap",
          "io.netty.channel.Channel",
          "hookferry.shaded.netty.bootstrap.Bootstrap",
          "hookferry.shaded.netty.channel.Channel",
          "io.undertow.client.UndertowClient",
          "org.xnio.XnioWorker");

  /** Classes that connect to addresses the guard has judged, or to the operator's proxies. */
  private static final Set<String> DIALERS = Set.of("DirectDialer", "TunnelDialer");

  private static ArchRule coreStandsAlone(Layout layout) {
    return classes()
        .that(layout.core())
        .should()
        .onlyDependOnClassesThat(
            layout
                .core()
                .or(
                    resideInAnyPackage(
                        "java..",
                        "javax.crypto..",
                        "javax.net.ssl..",
                        "javax.security.auth.x500..",
                        "javax.xml.stream..",
                        "org.jspecify.annotations")))
        .because("what core depends on is forced on every product that embeds it");
  }

  private static ArchRule adaptersAreStrangers(Layout layout) {
    return classes()
        .that(layout.adapter())
        .should(
            see(
                "no other adapter",
                d ->
                    !layout.adapter().test(d.getTargetClass())
                        || layout.sameAdapter(d.getOriginClass(), d.getTargetClass())))
        .because("each must be of use without the others")
        .allowEmptyShould(true);
  }

  private static ArchRule nobodySeesTheStarter(Layout layout) {
    return noClasses()
        .that(not(layout.starter()))
        .should()
        .dependOnClassesThat(layout.starter())
        .because("it puts parts together for one framework, and the parts are of use without it");
  }

  private static ArchRule starterBringsNoServer(Layout layout) {
    return noClasses()
        .that(layout.starter())
        .and(not(resideInAnyPackage("..spring.portal..")))
        .should()
        .dependOnClassesThat(layout.server())
        .because(
            "a Spring application has a web server of its own, which may serve the portal's pages");
  }

  private static ArchRule nobodySeesTheApplication(Layout layout) {
    return noClasses()
        .that(not(layout.app()))
        .should()
        .dependOnClassesThat(layout.app())
        .because("the application puts the parts together, not the other way round");
  }

  private static ArchRule engineIsBehindTheFacade(Layout layout) {
    return noClasses()
        .that(not(layout.engine().or(layout.facade())))
        .should()
        .dependOnClassesThat(layout.engine())
        .because("nothing but the facade changes state");
  }

  private static ArchRule oneWayOut(Layout layout) {
    return noClasses()
        .that(not(layout.app()))
        .should()
        .callCodeUnitWhere(
            describe(
                "opens a connection past the guard",
                call -> connects(call.getTarget()) && !isTheWayOut(call)))
        .because("an address that was not judged may be anything");
  }

  static boolean connects(CodeUnitCallTarget target) {
    String owner = target.getOwner().getName();
    boolean opens =
        target.getName().matches("connect|open\\w*|createSocket|send\\w*|<init>|newHttpClient");
    return opens && CONNECTORS.contains(owner)
        || target.getName().equals("connect")
            && target.getOwner().getSimpleName().equals("EventLoops");
  }

  private static boolean isTheWayOut(JavaCall<?> call) {
    String origin = call.getOriginOwner().getSimpleName();
    return origin.equals("EventLoops")
            && call.getTarget().getOwner().getSimpleName().equals("Bootstrap")
        || DIALERS.contains(origin)
            && call.getTarget().getOwner().getSimpleName().equals("EventLoops");
  }

  /** The bench, the grader and alerts send requests that are nobody's deliveries. */
  private static ArchRule onlyTheEngineSends(Layout layout) {
    return noClasses()
        .that(
            not(
                layout
                    .engine()
                    .or(resideInAnyPackage("..app.alerts..", "..app.bench..", "..app.grade.."))))
        .should()
        .callCodeUnitWhere(target("sends", t -> calls(t, Transport.class, "send")))
        .because("deliveries, tests and replays take one way, through one log");
  }

  private static ArchRule onlyTheApplicationIsWired(Layout layout) {
    return noClasses()
        .that(not(layout.app()))
        .should()
        .dependOnClassesThat(resideInAnyPackage("com.google.inject..", "jakarta.inject.."))
        .because("core and the adapters are of use without Guice");
  }

  private static ArchRule timeIsPassedIn(Layout layout) {
    return neverCall(
            "the clock",
            t ->
                t.getName().equals("now") && CLOCKS.contains(t.getOwner().getSimpleName())
                    || calls(t, System.class, "currentTimeMillis")
                    || calls(t, java.util.Date.class, "<init>") && t.getParameterTypes().isEmpty())
        .because("a test turns time itself, with the InstantSource that it passes in");
  }

  private static ArchRule chanceIsPassedIn(Layout layout) {
    return neverCall(
            "a hidden source of chance",
            t ->
                calls(t, Math.class, "random")
                    || calls(t, java.util.UUID.class, "randomUUID")
                    || calls(t, java.util.concurrent.ThreadLocalRandom.class, "current"))
        .because("a seed must give the same run again, through the RandomGenerator passed in");
  }

  private static ArchRule nothingSleeps(Layout layout) {
    return noClasses()
        .that(not(layout.app()))
        .should()
        .callCodeUnitWhere(
            target(
                "sleeps",
                t ->
                    calls(t, Thread.class, "sleep")
                        || calls(t, java.util.concurrent.TimeUnit.class, "sleep")))
        .because("only a command that a person waits for may; the rest waits for something");
  }

  private static ArchRule packagesSayWhatIsNull(Layout layout) {
    return classes()
        .should(
            new ArchCondition<JavaClass>("be in a package that is @NullMarked") {
              @Override
              public void check(JavaClass c, ConditionEvents events) {
                boolean marked = c.getPackage().isAnnotatedWith(NullMarked.class);
                events.add(new SimpleConditionEvent(c, marked, c.getName() + " is not"));
              }
            });
  }

  private static ArchRule namesAreWords(Layout layout) {
    return noClasses()
        .should()
        .haveNameMatching(".*[.$](Abstract\\w*|\\w*(Impl|Manager|Utils?|Helper))")
        .because("such a name says that nobody knew what the class is");
  }

  private static ArchRule packagesHaveNoCycles(Layout layout) {
    return SlicesRuleDefinition.slices()
        .assignedFrom(new PackageSlices())
        .should()
        .beFreeOfCycles()
        .because("a room that can only be understood together with another one is no room");
  }

  private static ArchRule neverCall(String what, Predicate<CodeUnitCallTarget> forbidden) {
    return noClasses().should().callCodeUnitWhere(target("reads " + what, forbidden));
  }

  private static boolean calls(CodeUnitCallTarget target, Class<?> owner, String name) {
    return target.getOwner().isEquivalentTo(owner) && target.getName().equals(name);
  }

  private static DescribedPredicate<JavaCall<?>> target(
      String what, Predicate<CodeUnitCallTarget> forbidden) {
    return describe(what, call -> forbidden.test(call.getTarget()));
  }

  private static ArchCondition<JavaClass> see(String what, Predicate<Dependency> allowed) {
    return new ArchCondition<>("see " + what) {
      @Override
      public void check(JavaClass c, ConditionEvents events) {
        for (Dependency d : c.getDirectDependenciesFromSelf()) {
          events.add(new SimpleConditionEvent(d, allowed.test(d), d.getDescription()));
        }
      }
    };
  }

  @Override
  public String toString() {
    return offender.getSimpleName();
  }
}
