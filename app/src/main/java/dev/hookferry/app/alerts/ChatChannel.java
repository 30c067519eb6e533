package dev.hookferry.app.alerts;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.config.value.SecretText;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.event.Payload;
import dev.hookferry.outbound.TargetUrl;
import dev.hookferry.transport.SignedRequest;
import dev.hookferry.transport.SignedRequest.Header;
import dev.hookferry.transport.Transport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Channel that posts to a chat webhook through the transport, whose outbound policy applies. */
final class ChatChannel implements AlertChannel {
  private static final Duration DEADLINE = Duration.ofSeconds(15);

  private final String name;
  private final SecretText url;
  private final Function<AlertMessage, ObjectNode> body;
  private final Transport transport;

  private ChatChannel(
      String name, SecretText url, Function<AlertMessage, ObjectNode> body, Transport transport) {
    this.name = name;
    this.url = url;
    this.body = body;
    this.transport = transport;
  }

  static ChatChannel slack(SecretText url, Transport transport) {
    return new ChatChannel("slack", url, ChatChannel::slack, transport);
  }

  static ChatChannel teams(SecretText url, Transport transport) {
    return new ChatChannel("teams", url, ChatChannel::teams, transport);
  }

  private static ObjectNode slack(AlertMessage message) {
    String text = message.subject() + "\n" + message.text();
    return JsonNodeFactory.instance
        .objectNode()
        .put("text", text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))
        .put("mrkdwn", false);
  }

  private static ObjectNode teams(AlertMessage message) {
    ObjectNode root = JsonNodeFactory.instance.objectNode().put("type", "message");
    ObjectNode attachment = root.putArray("attachments").addObject();
    attachment.put("contentType", "application/vnd.microsoft.card.adaptive");
    ObjectNode card = attachment.putObject("content");
    card.put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json");
    card.put("type", "AdaptiveCard").put("version", "1.4");
    ArrayNode blocks = card.putArray("body");
    block(blocks, message.subject(), true);
    message.lines().forEach(line -> block(blocks, line, false));
    return root;
  }

  /** Adds a line as a text run, which has no markup, so a link needs an action. */
  private static void block(ArrayNode blocks, String text, boolean isBold) {
    ObjectNode run =
        blocks.addObject().put("type", "RichTextBlock").putArray("inlines").addObject();
    run.put("type", "TextRun").put("text", text);
    if (ConsoleLinks.isLink(text)) {
      run.putObject("selectAction").put("type", "Action.OpenUrl").put("url", text);
    }
    if (isBold) {
      run.put("weight", "bolder");
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Map<String, RecipientRefusal> send(AlertMessage message, List<String> recipients)
      throws AlertException {
    SignedRequest request =
        new SignedRequest(
                TargetUrl.parse(url.text()),
                List.of(new Header("Content-Type", "application/json")),
                Payload.of(body.apply(message).toString()),
                DEADLINE)
            .leavingBy(transport.egresses().standard());
    CompletableFuture<Outcome> ended = new CompletableFuture<>();
    transport.send(request, ended::complete);
    try {
      Outcome outcome = ended.get(2 * DEADLINE.toSeconds(), TimeUnit.SECONDS);
      if (!outcome.isSuccess()) {
        throw new AlertException(outcome.detail());
      }
      return Map.of();
    } catch (TimeoutException e) {
      throw new AlertException("no outcome within " + 2 * DEADLINE.toSeconds() + " s");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AlertException("the server is stopping");
    } catch (ExecutionException e) {
      throw new IllegalStateException("unreachable: this future never fails", e);
    }
  }
}
