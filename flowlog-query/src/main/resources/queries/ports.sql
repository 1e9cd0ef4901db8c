-- Which protocols and service ports carry the load?
-- needs: srcport dstport protocol bytes
select protocol, least(srcport, dstport) as port, sum(bytes) as bytes, count(*) as flows
from flows
where protocol is not null
group by protocol, least(srcport, dstport)
order by bytes desc, protocol, port
