package dev.hookferry.store.config;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A persistent sorted map. A changed copy shares all but O(log n) nodes with the original, and two
 * copies are compared in time proportional to their differences.
 *
 * <p>The map is a treap with priorities derived from the hashes of the keys, so equal entries form
 * equal trees regardless of the order of insertion.
 */
final class PersistentMap<K, V> extends AbstractMap<K, V> {
  private final Comparator<? super K> order;
  private final @Nullable TreeNode<K, V> root;

  private PersistentMap(Comparator<? super K> order, @Nullable TreeNode<K, V> root) {
    this.order = order;
    this.root = root;
  }

  /** Returns an empty map. */
  static <K, V> PersistentMap<K, V> empty(Comparator<? super K> order) {
    return new PersistentMap<>(order, null);
  }

  /**
   * A node of the tree. Compared by identity, since trees that share a node share its whole
   * subtree.
   */
  private static final class TreeNode<K, V> {
    private final K key;
    private final V value;
    private final int priority;
    private final int size;
    private final @Nullable TreeNode<K, V> left;
    private final @Nullable TreeNode<K, V> right;

    TreeNode(K key, V value, @Nullable TreeNode<K, V> left, @Nullable TreeNode<K, V> right) {
      this.key = key;
      this.value = value;
      this.left = left;
      this.right = right;
      priority = spread(key.hashCode());
      size = sizeOf(left) + sizeOf(right) + 1;
    }

    TreeNode<K, V> with(@Nullable TreeNode<K, V> newLeft, @Nullable TreeNode<K, V> newRight) {
      return newLeft == left && newRight == right
          ? this
          : new TreeNode<>(key, value, newLeft, newRight);
    }
  }

  /** The entries below and above a key. */
  private record Split<K, V>(@Nullable TreeNode<K, V> less, @Nullable TreeNode<K, V> greater) {}

  private static int sizeOf(@Nullable TreeNode<?, ?> node) {
    return node == null ? 0 : node.size;
  }

  /** Spreads the bits of hashes that may be close to each other. */
  private static int spread(int hash) {
    int mixed = hash * 0x85ebca6b;
    mixed = (mixed ^ (mixed >>> 13)) * 0xc2b2ae35;
    return mixed ^ (mixed >>> 16);
  }

  @Override
  public int size() {
    return sizeOf(root);
  }

  @Override
  public @Nullable V get(@Nullable Object key) {
    TreeNode<K, V> found = find(key);
    return found == null ? null : found.value;
  }

  @Override
  public boolean containsKey(@Nullable Object key) {
    return find(key) != null;
  }

  @SuppressWarnings("unchecked") // A key of a different type is a mistake, as in TreeMap.
  private @Nullable TreeNode<K, V> find(@Nullable Object key) {
    TreeNode<K, V> node = key == null ? null : root;
    while (node != null) {
      int compared = order.compare((K) key, node.key);
      if (compared == 0) {
        return node;
      }
      node = compared < 0 ? node.left : node.right;
    }
    return null;
  }

  /** Returns this map with an entry added or replaced. */
  PersistentMap<K, V> plus(K key, V value) {
    return new PersistentMap<>(order, plus(root, key, value, spread(key.hashCode())));
  }

  private TreeNode<K, V> plus(@Nullable TreeNode<K, V> node, K key, V value, int priority) {
    if (node == null) {
      return new TreeNode<>(key, value, null, null);
    }
    int compared = order.compare(key, node.key);
    if (compared == 0) {
      return new TreeNode<>(key, value, node.left, node.right);
    }
    if (isAbove(key, priority, node)) {
      Split<K, V> split = split(node, key);
      return new TreeNode<>(key, value, split.less(), split.greater());
    }
    return compared < 0
        ? node.with(plus(node.left, key, value, priority), node.right)
        : node.with(node.left, plus(node.right, key, value, priority));
  }

  /** Returns this map without the key's entry; the same instance if there is none. */
  PersistentMap<K, V> minus(K key) {
    TreeNode<K, V> rest = minus(root, key);
    return rest == root ? this : new PersistentMap<>(order, rest);
  }

  private @Nullable TreeNode<K, V> minus(@Nullable TreeNode<K, V> node, K key) {
    if (node == null) {
      return null;
    }
    int compared = order.compare(key, node.key);
    if (compared == 0) {
      return merge(node.left, node.right);
    }
    return compared < 0
        ? node.with(minus(node.left, key), node.right)
        : node.with(node.left, minus(node.right, key));
  }

  private boolean isAbove(K key, int priority, TreeNode<K, V> node) {
    return priority == node.priority ? order.compare(key, node.key) < 0 : priority > node.priority;
  }

  private Split<K, V> split(@Nullable TreeNode<K, V> node, K key) {
    if (node == null) {
      return new Split<>(null, null);
    }
    if (order.compare(key, node.key) < 0) {
      Split<K, V> split = split(node.left, key);
      return new Split<>(split.less(), node.with(split.greater(), node.right));
    }
    Split<K, V> split = split(node.right, key);
    return new Split<>(node.with(node.left, split.less()), split.greater());
  }

  private @Nullable TreeNode<K, V> merge(
      @Nullable TreeNode<K, V> less, @Nullable TreeNode<K, V> greater) {
    if (less == null || greater == null) {
      return less == null ? greater : less;
    }
    return isAbove(less.key, less.priority, greater)
        ? less.with(less.left, merge(less.right, greater))
        : greater.with(merge(less, greater.left), greater.right);
  }

  /** Passes each key whose value differs between the two maps to a consumer, in order. */
  void compare(PersistentMap<K, V> other, Consumer<K> different) {
    compare(root, other.root, different);
  }

  private void compare(
      @Nullable TreeNode<K, V> one, @Nullable TreeNode<K, V> other, Consumer<K> different) {
    if (one == other) {
      return;
    }
    TreeNode<K, V> top = upper(one, other);
    Split<K, V> ones = around(one, top);
    Split<K, V> others = around(other, top);
    compare(ones.less(), others.less(), different);
    V value = valueOf(one, top.key);
    if (value == null || !value.equals(valueOf(other, top.key))) {
      different.accept(top.key);
    }
    compare(ones.greater(), others.greater(), different);
  }

  /**
   * Returns the root of the merged tree, which is one of two roots; at least one must not be null.
   */
  private TreeNode<K, V> upper(@Nullable TreeNode<K, V> one, @Nullable TreeNode<K, V> other) {
    if (one == null) {
      return Objects.requireNonNull(other);
    }
    return other == null || isAbove(one.key, one.priority, other) ? one : other;
  }

  private @Nullable V valueOf(@Nullable TreeNode<K, V> node, K key) {
    return node != null && order.compare(node.key, key) == 0 ? node.value : null;
  }

  private Split<K, V> around(@Nullable TreeNode<K, V> node, TreeNode<K, V> top) {
    return node != null && order.compare(node.key, top.key) == 0
        ? new Split<>(node.left, node.right)
        : split(node, top.key);
  }

  @Override
  public Set<Entry<K, V>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<Entry<K, V>> iterator() {
        return new Ascending<>(root);
      }

      @Override
      public int size() {
        return PersistentMap.this.size();
      }
    };
  }

  private static final class Ascending<K, V> implements Iterator<Map.Entry<K, V>> {
    private final Deque<TreeNode<K, V>> path = new ArrayDeque<>();

    Ascending(@Nullable TreeNode<K, V> root) {
      descend(root);
    }

    private void descend(@Nullable TreeNode<K, V> from) {
      for (TreeNode<K, V> node = from; node != null; node = node.left) {
        path.push(node);
      }
    }

    @Override
    public boolean hasNext() {
      return !path.isEmpty();
    }

    @Override
    public Map.Entry<K, V> next() {
      TreeNode<K, V> node = path.poll();
      if (node == null) {
        throw new NoSuchElementException();
      }
      descend(node.right);
      return Map.entry(node.key, node.value);
    }
  }
}
