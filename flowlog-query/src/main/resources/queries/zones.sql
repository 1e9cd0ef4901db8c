-- What crosses availability zones?
-- needs: srcaddr dstaddr pkt_srcaddr az_id flow_direction bytes
with home as (
  -- The zone of each address, by what it sends itself. One that is used in two zones, in two VPCs, is left out.
  select srcaddr as ip, min(az_id) as zone
  from flows
  where flow_direction = 'egress' and srcaddr = pkt_srcaddr and az_id <> '-'
  group by srcaddr
  having count(distinct az_id) = 1
)
select s.zone as from_zone, d.zone as to_zone, sum(bytes) as bytes, count(*) as flows
from flows
join home s on s.ip = srcaddr
join home d on d.ip = dstaddr
where flow_direction = 'egress' and s.zone <> d.zone
group by s.zone, d.zone
order by bytes desc, from_zone, to_zone
