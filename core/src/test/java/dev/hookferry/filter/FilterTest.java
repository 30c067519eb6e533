package dev.hookferry.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.event.Payload;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterTest {
  /** Filter, data that it matches, data that it does not match. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'ProductName':'Pro'}|{'ProductName':'Pro'}|{'ProductName':'Basic'}",
        "{'Seats':{'$gte':10}}|{'Seats':10}|{'Seats':9.99}",
        "{'Seats':{'$gt':10,'$lt':20}}|{'Seats':19.5}|{'Seats':20}",
        "{'Seats':{'$eq':1.1}}|{'Seats':1.10}|{'Seats':'1.1'}",
        "{'C':{'Country':{'$in':['DE','AT']}}}|{'C':{'Country':'AT'}}|{'C':{'Country':'CH'}}",
        "{'C.Country':{'$nin':['CH']}}|{'C':{'Country':'AT'}}|{'C':{'Country':'CH'}}",
        "{'Key':{'$startsWith':'HF-'}}|{'Key':'HF-1'}|{'Key':'XX'}",
        "{'Key':{'$endsWith':'-9'}}|{'Key':'HF-9'}|{'Key':'HF-1'}",
        "{'Key':{'$contains':'é'}}|{'Key':'café'}|{'Key':'cafe'}",
        "{'Key':{'$contains':'é'}}|{'Key':'caf\\u00E9'}|{'Key':'caf\\\\u00E9'}",
        "{'T':{'$exists':false}}|{'a':1}|{'T':null}",
        "{'T':{'$exist':true}}|{'T':null}|{}",
        "{'$or':[{'a':1},{'b':{'$neq':2}}]}|{'a':0,'b':3}|{'a':0,'b':2}",
        "{'$not':{'a':1}}|{'a':2}|{'a':1}",
        "{'$and':[{'a':{'$gte':1}},{'a':{'$lte':3}}]}|{'a':3}|{'a':4}",
        "{'n':12345678901234567890}|{'n':1234567890123456789e1}|{'n':12345678901234567891}",
        "{'n':0.1}|{'n':1e-1}|{'n':0.1000000000000000055511151231257827}",
        "{'n':0}|{'n':-0.0e7}|{'n':0.0000001}",
        "{'n':{'$gt':-1e99999}}|{'n':-9e99998}|{'n':-1e99999}",
        "{'t':{'$lt':'2026-02'}}|{'t':'2026-01-31T23:59:59Z'}|{'t':'2026-02-01'}",
        "{'t':{'$gt':'\uFFFD'}}|{'t':'\uD83D\uDE00'}|{'t':'a'}",
        "{'b':true}|{'b':true}|{'b':'true'}",
        "{'b':{'$in':[null,false]}}|{'b':null}|{'b':0}",
        "{'b':{'$neq':null}}|{'b':0}|{'b':null}",
        // A missing value matches nothing but $exists and a negation.
        "{'b':{'$neq':1}}|{'b':'1'}|{}",
        "{'b':{'$nin':[1]}}|{'b':{}}|{'c':2}",
        "{'b':null}|{'b':null}|{}",
        "{'b':{'$not':{'$in':['x']}}}|{}|{'b':'x'}",
        "{'a':{'b':{'$exists':false}}}|{}|{'a':{'b':0}}",
        "{'a':{'b':{'$exists':false}}}|{'a':'text'}|{'a':[{'b':[]}]}",
        // Of an array, one element is enough, and it must meet all that stands together.
        "{'Tags':'vip'}|{'Tags':['x','vip']}|{'Tags':['x']}",
        "{'Tags':{'$neq':'x'}}|{'Tags':['x','y']}|{'Tags':['x','x']}",
        "{'Tags':{'$contains':'ip'}}|{'Tags':['vip']}|{'Tags':['v','p',5]}",
        "{'$not':{'Tags':'x'}}|{'Tags':['y']}|{'Tags':['y','x']}",
        "{'n':{'$gt':10,'$lt':20}}|{'n':[5,15]}|{'n':[5,25]}",
        "{'i':{'k':'A','q':{'$gte':2}}}|{'i':[{'k':'A','q':2}]}|{'i':[{'k':'A','q':1},{'q':2}]}",
        "{'i.k':'A','i.q':2}|{'i':[{'k':'A','q':1},{'q':2}]}|{'i':[{'k':'A'}]}",
        "{'$.i.$.k':'A'}|{'i':[[{'k':'B'}],[{'k':'A'}]]}|{'i':['A']}",
        "{'a':{'$exists':true}}|{'a':[]}|{'b':[]}",
        "{'a':1}|[{'a':2},{'a':1}]|[]",
        "{'a':{'$neq':1}}|{'a':[{}]}|{'a':[]}",
        // Of members with the same name the first one counts; names may be escaped.
        "{'a':1}|{'a':1,'a':2}|{'a':2,'a':1}",
        "{'é':1}|{'\\u00e9':1}|{'e':1}",
        "{'a':{'$or':[1,{'$gte':5}]}}|{'a':6}|{'a':2}",
        "{'a':{'b':1,'$exists':true}}|{'a':{'b':1}}|{'a':{'b':2}}",
      })
  void matches(String filter, String yes, String no) {
    Filter parsed = Filter.parse(json(filter));

    assertThat(parsed.matches(data(yes))).isTrue();
    assertThat(parsed.explain(data(yes))).isEmpty();
    assertThat(parsed.matches(data(no))).isFalse();
    assertThat(parsed.explain(data(no))).isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'a':1,'Seats':{'$gte':10}}|{'a':1,'Seats':9.990}|Seats must be at least 10, but is 9.990",
        "{'a':{'b':'x'}}|{'a':{'b':{'c':1}}}|a.b must be 'x', but is {'c':1}",
        "{'a.b':'x'}|{'a':5}|a.b must be 'x', but is missing",
        "{'a':'x'}|{'a':[1, 2]}|a must be 'x', but is [1, 2]",
        "{'i':{'k':1,'q':2}}|{'i':[{'k':1},{'q':2}]}|i.q must be 2, but is missing",
        "{'a':{'$in':[1,'x,]']}}|{'a':2}|a must meet {'$in':[1,'x,]']}, but is 2",
        "{'a':{'$in':[1,'x']}}|{'a':2}|a must be one of [1,'x'], but is 2",
        "{'a':{'$exists':false}}|{'a':2}|a must not exist, but is 2",
        "{'a':{'$gt':1,'$lt':9}}|{'a':9}|a must be less than 9, but is 9",
        "{'a':{'$neq':'x}'}}|{'a':'x}'}|a must not be 'x}', but is 'x}'",
        "{'$or':[{'a':1}]}|{}|the data must meet {'$or':[{'a':1}]}",
        "{'a':{'$not':{'$in':[1]}}}|{'a':1}|a must meet {'$not':{'$in':[1]}}, but is 1",
      })
  void explainsTheFirstClauseThatFails(String filter, String data, String sentence) {
    assertThat(Filter.parse(json(filter)).explain(data(data)))
        .hasToString("Optional[" + json(sentence) + "]");
  }

  static Payload data(String text) {
    return Payload.of(json(text));
  }

  static String json(String text) {
    return text.replace('\'', '"');
  }
}
