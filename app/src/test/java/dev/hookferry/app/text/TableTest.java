package dev.hookferry.app.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class TableTest {
  @Test
  void alignsItsColumns() {
    Table table = Table.of("A", "LONG", "C").row("aaaa", "1", "x").row("b", "Zoë 😀", "");
    assertThat(table.lines())
        .containsExactly(
            "A     LONG   C", //
            "aaaa  1      x", //
            "b     Zoë 😀");
  }

  @Test
  void keepsARowOnItsLineAndTheTerminalUnharmed() {
    String evil = "x\n\u001b[2J\u202Ey\u0085";
    assertThat(Table.of("A").row(evil).lines())
        .containsExactly("A", "x\\n\\u001b[2J\\u202ey\\u0085");
  }

  @Test
  void isNoFormulaForASpreadsheet() {
    Table table = Table.of("A", "B").row("=1+1", "+1").row("-1", "@A1").row("=A(1,2)", "a=b");
    assertThat(table.csv()).containsExactly("a,b", "'=1+1,'+1", "'-1,'@A1", "\"'=A(1,2)\",a=b");
  }

  @Test
  void wantsACellForEachHeading() {
    assertThatThrownBy(() -> Table.of("A", "B").row("only one"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
