-- Which pairs of addresses move the most bytes?
-- needs: srcaddr dstaddr bytes packets
select srcaddr, dstaddr, sum(bytes) as bytes, sum(packets) as packets, count(*) as flows
from flows
where srcaddr <> '-'
group by srcaddr, dstaddr
order by bytes desc, srcaddr, dstaddr
