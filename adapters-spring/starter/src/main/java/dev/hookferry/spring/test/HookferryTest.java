package dev.hookferry.spring.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.autoconfigure.OverrideAutoConfiguration;
import org.springframework.test.context.BootstrapWith;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * A test of what an application publishes: its database, transactions, repositories and JSON
 * mapper, with a {@link dev.hookferry.testing.SimulatedHookferry} to inject, and nothing else. Add
 * the classes to be tested with {@code @Import}.
 *
 * <pre>{@code
 * @HookferryTest
 * @Import(OrderService.class)
 * class OrderServiceTest {
 *   @Autowired OrderService orders;
 *   @Autowired SimulatedHookferry hooks;
 *
 *   @Test
 *   void anOrderIsAnnounced() {
 *     SimulatedReceiver crm = hooks.receiver("https://crm.example/hook").subscribe("order_*");
 *     orders.place("tea");
 *     crm.hasReceived(1);
 *   }
 * }
 * }</pre>
 *
 * <p>Tests are not transactional: an event exists once its transaction commits. Receivers,
 * endpoints and other sites are removed after each test; data written to the database stays.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@BootstrapWith(HookferryTestBootstrapper.class)
@ExtendWith(SpringExtension.class)
@OverrideAutoConfiguration(enabled = false)
@AutoConfigureSimulatedHookferry
@ImportAutoConfiguration
public @interface HookferryTest {
  /** Returns properties of this test, each as {@code key=value}; none by default. */
  String[] properties() default {};
}
