-- Which connections does nobody answer? Dead targets, and scans from inside.
-- needs: srcaddr dstaddr srcport dstport protocol tcp_flags flow_direction packets
with asked as (
  select srcaddr, dstaddr, srcport, dstport, packets
  from flows
  where protocol = 6 and tcp_flags = 2 and flow_direction = 'egress'
)
select srcaddr, dstaddr, dstport, count(*) as flows, sum(packets) as packets
from asked
where not exists (
  -- A first record that saw only the SYN is followed by an answer, if there is one.
  select 1
  from flows answer
  where answer.protocol = 6 and answer.flow_direction = 'ingress'
    and answer.srcaddr = asked.dstaddr and answer.dstaddr = asked.srcaddr
    and answer.srcport = asked.dstport and answer.dstport = asked.srcport
)
group by srcaddr, dstaddr, dstport
order by flows desc, srcaddr, dstaddr, dstport
