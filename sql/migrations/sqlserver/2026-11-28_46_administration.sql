-- Which of the förbund's own costs are its administration, which the national form asks for.

ALTER TABLE forbund_cost ADD is_administration SMALLINT NOT NULL DEFAULT 0 CHECK (is_administration IN (0, 1));
