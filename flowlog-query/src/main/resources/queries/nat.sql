-- Who makes the NAT gateway's bill, and to where?
-- needs: srcaddr dstaddr pkt_srcaddr pkt_dstaddr bytes
-- uses: flow_direction pkt_src_aws_service pkt_dst_aws_service
with through_nat as (
  -- Between an instance and the gateway the packet's far address is not the flow's: each byte once, both ways.
  select case when dstaddr <> pkt_dstaddr then pkt_srcaddr else pkt_dstaddr end as inside,
         case when dstaddr <> pkt_dstaddr then pkt_dstaddr else pkt_srcaddr end as outside,
         coalesce(nullif(pkt_dst_aws_service, '-'), nullif(pkt_src_aws_service, '-'), 'internet') as what,
         bytes
  from flows
  where (dstaddr <> pkt_dstaddr and coalesce(flow_direction, 'ingress') = 'ingress')
     or (srcaddr <> pkt_srcaddr and coalesce(flow_direction, 'egress') = 'egress')
)
select inside, outside, what, sum(bytes) as bytes, count(*) as flows
from through_nat
group by inside, outside, what
order by bytes desc, inside, outside, what
