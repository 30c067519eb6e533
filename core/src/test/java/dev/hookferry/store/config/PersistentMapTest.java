package dev.hookferry.store.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PersistentMapTest {
  private final Random random = new Random(5);

  @Test
  void behavesLikeATreeMap() {
    PersistentMap<Integer, String> map = PersistentMap.empty(Comparator.naturalOrder());
    TreeMap<Integer, String> model = new TreeMap<>();
    for (int i = 0; i < 20_000; i++) {
      int key = random.nextInt(500);
      if (random.nextInt(3) > 0) {
        map = map.plus(key, "v" + i);
        model.put(key, "v" + i);
      } else {
        map = map.minus(key);
        model.remove(key);
      }
      if (i % 500 == 0) {
        assertThat(map).isEqualTo(model).hasSameSizeAs(model);
        assertThat(List.copyOf(map.keySet())).isEqualTo(List.copyOf(model.keySet()));
      }
      assertThat(map.get(key)).isEqualTo(model.get(key));
    }
  }

  @Test
  void doesNotChangeEarlierCopies() {
    PersistentMap<Integer, String> empty = PersistentMap.empty(Comparator.naturalOrder());
    PersistentMap<Integer, String> one = empty.plus(1, "one");

    assertThat(one.plus(1, "other").plus(2, "two").minus(1)).containsOnlyKeys(2);
    assertThat(one).containsOnlyKeys(1).containsEntry(1, "one");
    assertThat(empty).isEmpty();
    assertThat(one.minus(7)).isSameAs(one);
    assertThat(one.get(null)).isNull();
  }

  @Test
  void findsDifferencesInOrder() {
    for (int round = 0; round < 200; round++) {
      PersistentMap<Integer, String> before = PersistentMap.empty(Comparator.naturalOrder());
      for (int i = 0; i < random.nextInt(60); i++) {
        before = before.plus(random.nextInt(80), "v");
      }
      PersistentMap<Integer, String> after = before;
      for (int i = 0; i < random.nextInt(20); i++) {
        int key = random.nextInt(80);
        after = random.nextBoolean() ? after.minus(key) : after.plus(key, "w" + i % 3);
      }
      List<Integer> expected = new ArrayList<>();
      for (int key = 0; key < 80; key++) {
        if (!Objects.equals(before.get(key), after.get(key))) {
          expected.add(key);
        }
      }
      List<Integer> forth = new ArrayList<>();
      List<Integer> back = new ArrayList<>();
      after.compare(before, forth::add);
      before.compare(after, back::add);
      assertThat(forth).isEqualTo(expected);
      assertThat(back).isEqualTo(expected);
    }
  }

  /** Equal values are asked for by what differs, and by little else. */
  @Test
  void comparesOnlyUnsharedNodes() {
    int[] asked = new int[1];
    PersistentMap<Integer, Object> map = PersistentMap.empty(Comparator.naturalOrder());
    for (int i = 0; i < 10_000; i++) {
      map = map.plus(i, new Counted(asked));
    }
    PersistentMap<Integer, Object> changed =
        map.plus(4_711, new Counted(asked)).minus(17).plus(20_000, new Counted(asked));
    List<Integer> different = new ArrayList<>();

    changed.compare(map, different::add);

    assertThat(different).containsExactly(17, 4_711, 20_000);
    assertThat(asked[0]).isLessThan(200);
  }

  private record Counted(int[] asked) {
    @Override
    public boolean equals(Object other) {
      asked[0]++;
      return this == other;
    }

    @Override
    public int hashCode() {
      return 1;
    }
  }
}
