/* The four functions of d3-array and d3-shape that d3-sankey calls. */
var d3 = (function () {
  'use strict';
  var value = function (x, of, i) { return of ? of(x, i) : x; };
  var best = function (better) { return function (all, of) { var b; Array.from(all).forEach(function (x, i) { var v = value(x, of, i); if (v != null && v >= v && (b === undefined || better(v, b))) { b = v; } }); return b; }; };
  return {
    min: best(function (a, b) { return a < b; }),
    max: best(function (a, b) { return a > b; }),
    sum: function (all, of) { var s = 0; Array.from(all).forEach(function (x, i) { s += +value(x, of, i) || 0; }); return s; }
  };
})();
