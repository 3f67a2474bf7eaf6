-- As they are anyway.
select 1;
