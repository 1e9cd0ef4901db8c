(function () {
  'use strict';
  var data = JSON.parse(document.getElementById('data').textContent);
  var css = function (name) { return getComputedStyle(document.documentElement).getPropertyValue(name).trim(); };
  var units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
  var size = function (v) { var u = 0; while (v >= 1024 && u < 5) { v /= 1024; u++; } return (u ? +v.toFixed(1) : v) + ' ' + units[u]; };
  var plots = [];
  function chart(id, accepted, rejected, format) {
    var box = document.getElementById(id);
    if (!box || !data.t.length) { return; }
    var axis = { stroke: css('--soft'), grid: { stroke: css('--line') }, ticks: { stroke: css('--line') } };
    var bars = data.t.length < 3 ? uPlot.paths.bars({ size: [0.5, 60] }) : uPlot.paths.bars({ size: [0.9] });
    var series = function (name, colour) { return { label: name, stroke: css(colour), fill: css(colour), paths: bars, points: { show: false } }; };
    var total = accepted.map(function (v, i) { return v + rejected[i]; });
    plots.push(new uPlot({ width: box.clientWidth, height: 220, tzDate: function (t) { return uPlot.tzDate(new Date(t * 1000), 'UTC'); },
      legend: { show: false }, cursor: { show: false },
      scales: { y: { range: function (u, min, max) { return [0, max || 1]; } } },
      axes: [axis, Object.assign({ size: 80, values: function (u, v) { return v.map(format); } }, axis)],
      series: [{}, series('rejected', '--b'), series('accepted', '--a')] }, [data.t, total, accepted], box));
    var sum = function (values) { return values.reduce(function (a, b) { return a + b; }, 0); }, drawn = plots[plots.length - 1].data;
    box.dataset.points = drawn[0].length; box.dataset.total = sum(drawn[1]); box.dataset.accepted = sum(drawn[2]);
  }
  function sankey() {
    var box = document.getElementById('sankey');
    if (!box || !data.links.length) { return; }
    var names = [], at = {};
    var node = function (key, name) { if (!(key in at)) { at[key] = names.length; names.push({ name: name }); } return at[key]; };
    var links = data.links.map(function (l) { return { source: node('<' + l[0], l[0]), target: node('>' + l[1], l[1]), value: l[2] }; });
    var width = Math.max(320, box.clientWidth), height = Math.max(160, names.length * 26), ns = 'http://www.w3.org/2000/svg';
    var graph = d3.sankey().nodeWidth(12).nodePadding(14).extent([[1, 8], [width - 1, height - 8]])({ nodes: names, links: links });
    var make = function (parent, tag, attributes) { var e = document.createElementNS(ns, tag); for (var k in attributes) { e.setAttribute(k, attributes[k]); } return parent.appendChild(e); };
    var short = function (name) { return width < 600 && name.length > 13 ? name.slice(0, 8) + '\u2026' + name.slice(-4) : name; };
    box.textContent = '';
    var svg = make(box, 'svg', { viewBox: '0 0 ' + width + ' ' + height, role: 'img' });
    graph.links.forEach(function (l) {
      var x0 = l.source.x1, x1 = l.target.x0, m = (x0 + x1) / 2;
      var p = make(svg, 'path', { d: 'M' + x0 + ',' + l.y0 + 'C' + m + ',' + l.y0 + ' ' + m + ',' + l.y1 + ' ' + x1 + ',' + l.y1, 'stroke-width': Math.max(1, l.width), 'data-bytes': l.value });
      make(p, 'title', {}).textContent = l.source.name + ' to ' + l.target.name + ': ' + size(l.value);
    });
    graph.nodes.forEach(function (n) {
      make(svg, 'rect', { x: n.x0, y: n.y0, width: n.x1 - n.x0, height: Math.max(1, n.y1 - n.y0) });
      var left = n.x0 < width / 2;
      make(svg, 'text', { x: left ? n.x1 + 6 : n.x0 - 6, y: (n.y0 + n.y1) / 2 + 4, 'text-anchor': left ? 'start' : 'end' }).textContent = short(n.name) + ' ' + size(n.value);
    });
  }
  function draw() {
    plots.forEach(function (p) { p.destroy(); }); plots = [];
    chart('bytes', data.accepted, data.rejected, size);
    chart('flows', data.flows, data.rejects, function (v) { return v.toLocaleString('en'); });
    sankey();
  }
  draw();
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
  var wait; addEventListener('resize', function () { clearTimeout(wait); wait = setTimeout(draw, 150); });
})();
