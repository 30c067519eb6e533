package dev.hookferry.body;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Fuzz;
import dev.hookferry.event.JsonValidator;
import dev.hookferry.event.Payload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Compares pointers, found in one pass, with a walk down a tree. */
class BodyTemplateFuzzTest {
  private static final List<String> NAMES = List.of("a", "b", "0", "1", "x/y", "~", "");

  @Test
  void findsWhatAWalkFinds() {
    Fuzz.tries(400, BodyTemplateFuzzTest::compare);
  }

  private static void compare(RandomGenerator random) {
    Object data = tree(random, 4);
    String json = json(data);
    StringBuilder template = new StringBuilder("{");
    StringBuilder expected = new StringBuilder("{");
    for (int i = 0; i < 8; i++) {
      String comma = i == 0 ? "" : ",";
      List<String> names = new ArrayList<>();
      for (int n = random.nextInt(4); n > 0; n--) {
        names.add(one(NAMES, random));
      }
      StringBuilder pointer = new StringBuilder("/data");
      names.forEach(name -> pointer.append('/').append(name.replace("~", "~0").replace("/", "~1")));
      String call = "{\"$pointer\":\"" + pointer + "\"}";
      template.append(comma).append("\"m").append(i).append("\":").append(call);
      expected.append(comma).append("\"m").append(i).append("\":").append(json(walk(data, names)));
    }

    String rendered = BodyEvents.rendered(template.append('}').toString(), json);

    assertThat(rendered).isEqualTo(expected.append('}').toString());
    JsonValidator.require("body", Payload.of(rendered));
  }

  private static @Nullable Object walk(@Nullable Object value, List<String> names) {
    Object here = value;
    for (String name : names) {
      if (here instanceof Map<?, ?> map) {
        here = map.get(name);
      } else if (here instanceof List<?> list && name.matches("[01]")) {
        int index = Integer.parseInt(name);
        here = index < list.size() ? list.get(index) : null;
      } else {
        return null;
      }
    }
    return here;
  }

  private static @Nullable Object tree(RandomGenerator random, int depth) {
    int kind = random.nextInt(depth == 0 ? 3 : 6);
    return switch (kind) {
      case 0 -> null;
      case 1 -> "t\"\\" + random.nextInt(9);
      case 2 -> random.nextInt(100);
      case 3 -> {
        List<@Nullable Object> list = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          list.add(tree(random, depth - 1));
        }
        yield list;
      }
      default -> {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = random.nextInt(5); i > 0; i--) {
          map.put(one(NAMES, random), tree(random, depth - 1));
        }
        yield map;
      }
    };
  }

  private static String json(@Nullable Object value) {
    if (value instanceof List<?> list) {
      return "[" + String.join(",", list.stream().map(BodyTemplateFuzzTest::json).toList()) + "]";
    }
    if (value instanceof Map<?, ?> map) {
      List<String> members = new ArrayList<>();
      map.forEach((name, member) -> members.add(json(name) + ":" + json(member)));
      return "{" + String.join(",", members) + "}";
    }
    return value instanceof String text
        ? '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"'
        : String.valueOf(value);
  }

  private static <T> T one(List<T> all, RandomGenerator random) {
    return Fuzz.pick(random, all);
  }
}
