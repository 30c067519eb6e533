package dev.hookferry.body;

import dev.hookferry.event.Payload;
import dev.hookferry.internal.json.JsonType;
import java.util.ArrayList;
import java.util.List;

/** A node of a parsed template. Immutable. */
sealed interface TemplateNode {
  /** Returns its value for an event. */
  TemplateValue value(TemplateRun run);

  /** Writes its value for an event. */
  default void write(TemplateRun run, JsonBuffer out) {
    value(run).write(out);
  }

  /** A constant value, independent of the event. */
  record Constant(TemplateValue value) implements TemplateNode {
    @Override
    public TemplateValue value(TemplateRun run) {
      return value;
    }
  }

  /** A value of the event. */
  record OfEvent(int slot) implements TemplateNode {
    @Override
    public TemplateValue value(TemplateRun run) {
      return run.event(slot);
    }
  }

  /** A value of the current array element. */
  record OfItem(int slot) implements TemplateNode {
    @Override
    public TemplateValue value(TemplateRun run) {
      return run.item(slot);
    }
  }

  /** A member of an object: its name in quotation marks, and its value. */
  record Member(Payload name, TemplateNode value) {}

  /** An object. */
  record ObjectMembers(List<Member> members) implements TemplateNode {
    @Override
    public TemplateValue value(TemplateRun run) {
      return run.written(this);
    }

    @Override
    public void write(TemplateRun run, JsonBuffer out) {
      char before = '{';
      for (Member member : members) {
        out.json(before).json(member.name()).json(':');
        member.value().write(run, out);
        before = ',';
      }
      out.json(members.isEmpty() ? "{}" : "}");
    }
  }

  /** An array. */
  record Elements(List<TemplateNode> elements) implements TemplateNode {
    @Override
    public TemplateValue value(TemplateRun run) {
      return run.written(this);
    }

    @Override
    public void write(TemplateRun run, JsonBuffer out) {
      char before = '[';
      for (TemplateNode element : elements) {
        out.json(before);
        element.write(run, out);
        before = ',';
      }
      out.json(elements.isEmpty() ? "[]" : "]");
    }
  }

  /** The first value that is not null. */
  record FirstOf(List<TemplateNode> choices) implements TemplateNode {
    @Override
    public TemplateValue value(TemplateRun run) {
      for (TemplateNode choice : choices) {
        TemplateValue value = choice.value(run);
        if (!value.isNull()) {
          return value;
        }
      }
      return TemplateValue.NULL;
    }
  }

  /** Chooses one of two values by a condition. */
  record Either(TemplateNode condition, TemplateNode then, TemplateNode otherwise)
      implements TemplateNode {
    @Override
    public TemplateValue value(TemplateRun run) {
      return chosen(run).value(run);
    }

    @Override
    public void write(TemplateRun run, JsonBuffer out) {
      chosen(run).write(run, out);
    }

    private TemplateNode chosen(TemplateRun run) {
      return condition.value(run).isTruthy() ? then : otherwise;
    }
  }

  /** An array with a value for each element of another array. */
  record Each(TemplateNode array, TemplateNode body, PointerTree pointers) implements TemplateNode {
    @Override
    public TemplateValue value(TemplateRun run) {
      return run.written(this);
    }

    @Override
    public void write(TemplateRun run, JsonBuffer out) {
      TemplateValue all = array.value(run);
      if (all.kind() != JsonType.ARRAY) {
        TemplateValue.NULL.write(out);
        return;
      }
      char before = '[';
      for (TemplateValue element : all.elements()) {
        run.spend(element.size());
        out.json(before);
        List<TemplateValue> outer = run.exchangeItem(pointers.read(element));
        body.write(run, out);
        var unused = run.exchangeItem(outer);
        before = ',';
      }
      out.json(before == '[' ? "[]" : "]");
    }
  }

  /** A call of a function that takes values. */
  record FunctionCall(TemplateFunction function, List<TemplateNode> arguments, Operation operation)
      implements TemplateNode {
    @Override
    public TemplateValue value(TemplateRun run) {
      List<TemplateValue> values = new ArrayList<>(arguments.size());
      for (TemplateNode argument : arguments) {
        TemplateValue value = argument.value(run);
        run.spend(value.size());
        values.add(value);
      }
      return operation.apply(values, run);
    }
  }

  /** The operation of a function on the values of its arguments. */
  interface Operation {
    TemplateValue apply(List<TemplateValue> values, TemplateRun run);
  }
}
