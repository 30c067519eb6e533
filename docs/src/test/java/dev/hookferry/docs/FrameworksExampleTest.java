package dev.hookferry.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.Guice;
import com.google.inject.Injector;
import dev.hookferry.Webhooks;
import dev.hookferry.event.NewEvent;
import dev.hookferry.event.Receipt;
import dev.hookferry.id.SiteId;
import dev.hookferry.jdbc.JdbcStoreOptions;
import dev.hookferry.secret.MasterKey;
import dev.hookferry.secret.MasterKeySource;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bean for applications without a starter works where its annotations are understood. */
class FrameworksExampleTest {
  private final MasterKeySource keys =
      MasterKeySource.given(List.of(MasterKey.generate(new Random(1))));

  @TempDir Path folder;

  @Test
  void theBeanIsASingletonAndFindsItsEventsAfterARestart() throws Exception {
    Class<?> type = JavaBlock.of("WebhookService").compile(folder);
    Injector first = application();
    Object bean = first.getInstance(type);
    assertThat(first.getInstance(type)).isSameAs(bean);
    type.getMethod("start").invoke(bean);
    NewEvent event = NewEvent.of("license_created", "{\"ActivationKey\":\"HF4T0-D0500\"}");
    Receipt receipt = webhooks(type, bean).publish(SiteId.DEFAULT, event).join();
    type.getMethod("stop").invoke(bean);

    Object restarted = application().getInstance(type);
    type.getMethod("start").invoke(restarted);
    assertThat(webhooks(type, restarted).events().get(SiteId.DEFAULT, receipt.id()).event().id())
        .isEqualTo(receipt.id());
    type.getMethod("stop").invoke(restarted);
  }

  private Injector application() {
    String url = "jdbc:h2:file:" + folder.toAbsolutePath().resolve("shop");
    return Guice.createInjector(
        binder -> {
          binder.bind(JdbcStoreOptions.class).toInstance(JdbcStoreOptions.of(url));
          binder.bind(MasterKeySource.class).toInstance(keys);
        });
  }

  private static Webhooks webhooks(Class<?> type, Object bean) throws Exception {
    return (Webhooks) type.getMethod("webhooks").invoke(bean);
  }
}
