/** Who may see whom, and the rules that no compiler holds; each proved to bite on an offence. */
package dev.hookferry.architecture;
