-- Who is rejected, and how many ports and hosts does each source try?
-- needs: srcaddr dstaddr dstport action
select srcaddr, count(distinct dstport) as ports, count(distinct dstaddr) as hosts, count(*) as flows
from flows
where action = 'REJECT'
group by srcaddr
order by flows desc, srcaddr
