-- Where did AWS skip records?
-- needs: interface_id log_status
select interface_id, count(*) filter (where log_status = 'SKIPDATA') as skipped, count(*) as flows
from flows
group by interface_id
having count(*) filter (where log_status = 'SKIPDATA') > 0
order by skipped desc, interface_id
