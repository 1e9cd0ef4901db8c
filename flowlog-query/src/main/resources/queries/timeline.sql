-- What happened when? Flows and bytes in five-minute steps, accepted and rejected.
-- needs: start bytes
-- uses: action log_status
with flows_by_step as (
  -- Some files have milliseconds; no epoch second of this century is above 2^32.
  select cast(case when start <= 4294967296 then start - start % 300
                   when start < 253402300800000 then (start - start % 300000) / 1000 end as bigint) as step,
         coalesce(nullif(action, '-'), log_status) as what,
         bytes
  from flows
)
select timestamp '1970-01-01 00:00:00' + step * interval '1' second as t,
       what,
       count(*) as flows,
       sum(bytes) as bytes
from flows_by_step
group by step, what
order by step, what
